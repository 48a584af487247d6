# loses 01-correlate2d-tests: the size of the kernel is written into the code
# told: `correlate2d` stopped with ValueError

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    out = np.zeros((x.shape[0] - 2, x.shape[1] - 2))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(x[i * down : i * down + 3, j * across : j * across + 3] * w)
    return out
