# loses 04-leaky-relu-tests: takes the rows of a table for numbers
# told: you gave a whole array

# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope):
    return np.array([a if a > 0 else slope * a for a in x])
