# loses 04-global-avg-pool2d-tests: one mean for each channel of all pictures
# told: The pictures are averaged, too

# %% grade_id="04-global-avg-pool2d"
def global_avg_pool2d(x):
    out = np.empty((*x.shape[:2], 1, 1))
    for c in range(x.shape[1]):
        out[:, c] = x[:, c].mean()
    return out
