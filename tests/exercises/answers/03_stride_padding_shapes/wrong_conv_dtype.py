# loses 03-conv2d-tests: the maps take the pictures' dtype
# told: In conv2d(

# %% grade_id="03-conv2d"
def conv2d(x, w, b, stride, padding, dilation):
    N, C, H, W = x.shape
    F, _, KH, KW = w.shape
    p, s, d = padding, stride, dilation
    x = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
    OH, OW = (H + 2 * p - d * (KH - 1) - 1) // s + 1, (W + 2 * p - d * (KW - 1) - 1) // s + 1
    out = np.zeros((N, F, OH, OW), dtype=x.dtype)
    for n, f, i, j in np.ndindex(out.shape):
        window = x[n, :, i * s : i * s + d * KH : d, j * s : j * s + d * KW : d]
        out[n, f, i, j] = np.sum(window[:, :KH, :KW] * w[f]) + b[f]
    return out
