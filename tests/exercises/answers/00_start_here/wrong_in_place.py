# loses 00-negative-tests: the picture that was given is changed
# told: `negative` changed what it was given; work on a copy

# %% grade_id="00-negative"
def negative(x):
    x[:] = 1 - x
    return x
