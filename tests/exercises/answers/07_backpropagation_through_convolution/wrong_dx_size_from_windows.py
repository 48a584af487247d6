# loses 07-input-gradient-tests: rows and columns that no window saw are missing
# told: Rows or columns are missing: dx has H rows and W columns

# %% grade_id="07-input-gradient"
def input_gradient(dout, w, H, W, stride):
    N, F, OH, OW = dout.shape
    KH, KW = w.shape[2:]
    dx = np.zeros((N, w.shape[1], (OH - 1) * stride + KH, (OW - 1) * stride + KW))
    for n, f, i, j in np.ndindex(dout.shape):
        dx[n, :, i * stride : i * stride + KH, j * stride : j * stride + KW] += dout[n, f, i, j] * w[f]
    return dx
