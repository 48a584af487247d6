# loses 04-leaky-relu-tests: one question to the whole array
# told: You multiplied the positive numbers by the slope, too

# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope):
    if np.all(x > 0):
        return x
    return slope * x
