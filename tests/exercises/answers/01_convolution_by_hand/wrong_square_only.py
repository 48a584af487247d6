# loses 01-correlate2d-tests: height used for width, right on square pictures alone
# told: In correlate2d([[1, 2, 3], [4, 5, 6]], [[-1, 1]]), the first difference is at [0, 0]

# %% grade_id="01-correlate2d"
def correlate2d(x, w):
    size, k = x.shape[0], w.shape[0]
    out = np.zeros((size - k + 1, size - k + 1))
    for i in range(size - k + 1):
        for j in range(size - k + 1):
            out[i, j] = np.sum(x[i : i + k, j : j + k] * w)
    return out
