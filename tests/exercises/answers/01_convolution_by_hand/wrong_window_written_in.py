# loses 01-correlate2d-tests: rows of the window by the kernel's width
# told: In correlate2d([[1, 2, 3], [4, 5, 6]], [[-1, 1]]), the first difference is at [0, 0]

# %% grade_id="01-correlate2d"
def correlate2d(x, w):
    kh, kw = w.shape
    out = np.zeros((x.shape[0] - kh + 1, x.shape[1] - kw + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(x[i : i + kw, j : j + kh] * w)
    return out
