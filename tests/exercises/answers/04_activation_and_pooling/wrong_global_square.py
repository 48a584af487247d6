# loses 04-global-avg-pool2d-tests: divides by the square of the height
# told: the first difference is at

# %% grade_id="04-global-avg-pool2d"
def global_avg_pool2d(x):
    return x.sum(axis=(2, 3), keepdims=True) / x.shape[2] ** 2
