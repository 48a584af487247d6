# loses 04-leaky-relu-tests: the left side grows again
# told: The sign is lost

# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope):
    return np.where(x > 0, x, slope * np.abs(x))
