# loses 04-leaky-relu-tests: the plain ReLU
# told: That is the plain ReLU

# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope):
    return np.maximum(x, 0)
