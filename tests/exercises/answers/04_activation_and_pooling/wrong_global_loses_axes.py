# loses 04-global-avg-pool2d-tests: the global average forgets to keep two axes
# told: The last two axes are gone

# %% grade_id="04-global-avg-pool2d"
def global_avg_pool2d(x):
    return x.mean(axis=(2, 3))
