# loses 00-negative-tests: the negative of a photograph
# told: whose white is 255

# %% grade_id="00-negative"
def negative(x):
    return 255 - x
