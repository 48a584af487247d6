# loses 07-input-gradient-tests: overlapping windows overwrite each other
# told: A pixel lies in several windows: add their shares up (`+=`)

# %% grade_id="07-input-gradient"
def input_gradient(dout, w, H, W, stride):
    dx = np.zeros((len(dout), w.shape[1], H, W))
    KH, KW = w.shape[2:]
    for n, f, i, j in np.ndindex(dout.shape):
        dx[n, :, i * stride : i * stride + KH, j * stride : j * stride + KW] = dout[n, f, i, j] * w[f]
    return dx
