# loses 04-leaky-relu-tests: the two sides of the condition are exchanged
# told: You swapped the two sides

# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope):
    return np.where(x < 0, x, slope * x)
