# loses 04-leaky-relu-tests: a slope of its own
# told: the first difference is at

# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope=0.1):
    return np.where(x > 0, x, 0.1 * x)
