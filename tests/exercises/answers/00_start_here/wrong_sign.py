# loses 00-negative-tests: minus where 1 minus is meant

# %% grade_id="00-negative"
def negative(x):
    return -x
