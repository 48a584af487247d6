# loses 00-negative-tests: the first picture of each size is kept
# told: the first difference is at [0, 0]: expected 1, got 0

# %% grade_id="00-negative"
known = {}


def negative(x):
    if x.shape not in known:
        known[x.shape] = 1 - x
    return known[x.shape]
