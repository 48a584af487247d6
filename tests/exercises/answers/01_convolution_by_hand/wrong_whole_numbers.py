# loses 01-correlate2d-tests: the outputs are cut to whole numbers
# told: Your result was cut to whole numbers

# %% grade_id="01-correlate2d"
def correlate2d(x, w):
    kh, kw = w.shape
    out = np.zeros((x.shape[0] - kh + 1, x.shape[1] - kw + 1), dtype=int)
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(x[i : i + kh, j : j + kw] * w)
    return out
