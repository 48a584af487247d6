# loses 00-negative-tests: always the smiley, whatever is given

# %% grade_id="00-negative"
def negative(x):
    return 1 - smiley()
