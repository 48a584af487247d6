# loses 04-leaky-relu-tests: the numbers that were given are changed
# told: changed what it was given

# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope):
    x[x < 0] = x[x < 0] * slope
    return x
