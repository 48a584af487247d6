# loses 01-correlate2d-tests: the draft as it was
# told: `correlate2d` stopped with ValueError

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    (H, W), (KH, KW) = x.shape, w.shape
    down, across = stride
    out = np.zeros(((H - KH + 1) // down, (W - KW + 1) // across), dtype=x.dtype)
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            top, left = i * down, j * down
            out[i, j] = (x[top : top + KH, left : left + KH] * w).sum()
    return out
