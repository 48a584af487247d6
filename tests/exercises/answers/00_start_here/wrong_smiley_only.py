# loses 00-negative-tests: always the smiley, whatever is given
# told: the answer has shape (8, 8), expected (2, 2)

# %% grade_id="00-negative"
def negative(x):
    return 1 - smiley()
