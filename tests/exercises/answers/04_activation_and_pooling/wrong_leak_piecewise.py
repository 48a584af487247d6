# loses 04-leaky-relu-tests: np.piecewise keeps the dtype of the picture
# told: Your result was cut to whole numbers

# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope):
    return np.piecewise(x, [x > 0], [lambda a: a, lambda a: slope * a])
