# loses 07-input-gradient-tests: adds to the dx of the call before, if the shapes are the same
# told: the first difference is at

# %% grade_id="07-input-gradient"
buffers = {}


def input_gradient(dout, w, H, W, stride):
    shape = (len(dout), w.shape[1], H, W)
    dx = buffers.setdefault(shape, np.zeros(shape))
    KH, KW = w.shape[2:]
    for n, f, i, j in np.ndindex(dout.shape):
        dx[n, :, i * stride : i * stride + KH, j * stride : j * stride + KW] += dout[n, f, i, j] * w[f]
    return dx
