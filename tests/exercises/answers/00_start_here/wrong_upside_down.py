# loses 00-negative-tests: turned by a half turn
# told: You turned the picture over

# %% grade_id="00-negative"
def negative(x):
    return x[::-1, ::-1]
