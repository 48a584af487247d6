# loses 01-correlate2d-tests: the last row and column of windows are forgotten
# told: The last row and column of outputs are missing

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    kh, kw = w.shape
    out = np.zeros(((x.shape[0] - kh) // down, (x.shape[1] - kw) // across))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(x[i * down : i * down + kh, j * across : j * across + kw] * w)
    return out
