# loses 01-correlate2d-tests: the windows don't overlap
# told: Your windows lie side by side

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    kh, kw = w.shape
    return [
        [(x[i : i + kh, j : j + kw] * w).sum() for j in range(0, x.shape[1] - kw + 1, kw)]
        for i in range(0, x.shape[0] - kh + 1, kh)
    ]
