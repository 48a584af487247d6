# loses 04-leaky-relu-tests: the result takes the dtype of the picture
# told: Your result was cut to whole numbers

# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope):
    out = np.zeros_like(x)
    out[x > 0] = x[x > 0]
    out[x <= 0] = slope * x[x <= 0]
    return out
