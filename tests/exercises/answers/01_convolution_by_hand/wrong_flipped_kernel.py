# loses 01-correlate2d-tests: true convolution in place of cross-correlation
# told: You flipped the kernel

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    kh, kw = w.shape
    out = np.zeros(((x.shape[0] - kh) // down + 1, (x.shape[1] - kw) // across + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            window = x[i * down : i * down + kh, j * across : j * across + kw]
            out[i, j] = np.sum(window * w[::-1, ::-1])
    return out
