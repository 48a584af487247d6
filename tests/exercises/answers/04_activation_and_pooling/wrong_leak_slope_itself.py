# loses 04-leaky-relu-tests: the slope stands where slope · x should
# told: not the slope itself

# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope):
    out = x.astype(float)
    out[out <= 0] = slope
    return out
