# loses 01-correlate2d-tests: the last row and column of windows are forgotten
# told: one row and one column short

# %% grade_id="01-correlate2d"
def correlate2d(x, w):
    kh, kw = w.shape
    out = np.zeros((x.shape[0] - kh, x.shape[1] - kw))
    for i in range(x.shape[0] - kh):
        for j in range(x.shape[1] - kw):
            out[i, j] = np.sum(x[i : i + kh, j : j + kw] * w)
    return out
