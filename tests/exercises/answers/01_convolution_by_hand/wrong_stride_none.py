# loses 01-correlate2d-tests: the function of the lesson, without a stride
# told: `correlate2d` stopped with TypeError

# %% grade_id="01-correlate2d"
def correlate2d(x, w):
    (H, W), (KH, KW) = x.shape, w.shape
    out = np.zeros((H - KH + 1, W - KW + 1))
    for i in range(H - KH + 1):
        for j in range(W - KW + 1):
            out[i, j] = (x[i : i + KH, j : j + KW] * w).sum()
    return out
