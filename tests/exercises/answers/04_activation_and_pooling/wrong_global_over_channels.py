# loses 04-global-avg-pool2d-tests: one mean for each picture
# told: The channels are averaged, too

# %% grade_id="04-global-avg-pool2d"
def global_avg_pool2d(x):
    return np.ones(x.shape[:2] + (1, 1)) * x.mean(axis=(1, 2, 3), keepdims=True)
