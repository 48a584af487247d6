# loses 04-leaky-relu-tests: a ReLU6, which stops at 6
# told: the first difference is at

# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope):
    return np.where(x > 0, np.minimum(x, 6), slope * x)
