# loses 07-input-gradient-tests: the kernel is flipped although it is scattered
# told: You flipped the kernel where you add it in

# %% grade_id="07-input-gradient"
def input_gradient(dout, w, H, W, stride):
    dx = np.zeros((len(dout), w.shape[1], H, W))
    KH, KW = w.shape[2:]
    for n, f, i, j in np.ndindex(dout.shape):
        dx[n, :, i * stride : i * stride + KH, j * stride : j * stride + KW] += dout[n, f, i, j] * w[f, :, ::-1, ::-1]
    return dx
