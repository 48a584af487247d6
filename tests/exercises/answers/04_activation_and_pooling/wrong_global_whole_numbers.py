# loses 04-global-avg-pool2d-tests: the means take the dtype of the picture
# told: Your result was cut to whole numbers

# %% grade_id="04-global-avg-pool2d"
def global_avg_pool2d(x):
    out = np.zeros((*x.shape[:2], 1, 1), dtype=x.dtype)
    for n in range(x.shape[0]):
        for c in range(x.shape[1]):
            out[n, c, 0, 0] = x[n, c].mean()
    return out
