# loses 01-correlate2d-tests: one of the four bugs is left, the dtype
# told: Your result was cut to whole numbers

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    (H, W), (KH, KW) = x.shape, w.shape
    down, across = stride
    out = np.zeros(((H - KH) // down + 1, (W - KW) // across + 1), dtype=x.dtype)
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            top, left = i * down, j * across
            out[i, j] = (x[top : top + KH, left : left + KW] * w).sum()
    return out
