# loses 04-global-avg-pool2d-tests: sums, not means
# told: divide by how many there are, H · W

# %% grade_id="04-global-avg-pool2d"
def global_avg_pool2d(x):
    return np.sum(x, axis=(2, 3), keepdims=True)
