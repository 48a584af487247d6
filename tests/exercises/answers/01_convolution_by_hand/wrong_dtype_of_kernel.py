# loses 01-correlate2d-tests: whole-number kernels make whole-number outputs
# told: Your result was cut to whole numbers

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    kh, kw = w.shape
    out = np.zeros(((x.shape[0] - kh) // down + 1, (x.shape[1] - kw) // across + 1)).astype(w.dtype)
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(x[i * down : i * down + kh, j * across : j * across + kw] * w)
    return out
