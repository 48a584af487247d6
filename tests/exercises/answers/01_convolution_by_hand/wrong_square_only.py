# loses 01-correlate2d-tests: height used for width, right on square pictures alone
# told: `correlate2d` stopped with ValueError

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    size, k = x.shape[0], w.shape[0]
    out = np.zeros(((size - k) // down + 1, (size - k) // across + 1))
    for i in range(size - k + 1):
        for j in range(size - k + 1):
            out[i, j] = np.sum(x[i * down : i * down + k, j * across : j * across + k] * w)
    return out
