# loses 04-leaky-relu-tests: numbers that were seen before get their old answer, whatever the slope
# told: the first difference is at

# %% grade_id="04-leaky-relu"
seen = {}


def leaky_relu(x, slope):
    if x.tobytes() not in seen:
        seen[x.tobytes()] = np.where(x > 0, x, slope * x)
    return seen[x.tobytes()]
