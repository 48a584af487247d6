# loses 00-negative-tests: right, but mirrored
# told: the first difference is at [0, 0]

# %% grade_id="00-negative"
def negative(x):
    return 1 - x[:, ::-1]
