# loses 01-correlate2d-tests: rows of the window by the kernel's width
# told: `correlate2d` stopped with ValueError

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    kh, kw = w.shape
    out = np.zeros(((x.shape[0] - kh) // down + 1, (x.shape[1] - kw) // across + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(x[i * down : i * down + kw, j * across : j * across + kh] * w)
    return out
