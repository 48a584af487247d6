# loses 01-correlate2d-tests: one of the four bugs is left, the window's width
# told: `correlate2d` stopped with ValueError

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    (H, W), (KH, KW) = x.shape, w.shape
    down, across = stride
    out = np.zeros(((H - KH) // down + 1, (W - KW) // across + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            top, left = i * down, j * across
            out[i, j] = (x[top : top + KH, left : left + KH] * w).sum()
    return out
