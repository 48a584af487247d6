# loses 00-negative-tests: the largest pixel of the picture in place of 1
# told: In negative([[0]]), the first difference is at [0, 0]

# %% grade_id="00-negative"
def negative(x):
    return x.max() - x
