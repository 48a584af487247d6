# loses 03-conv2d-tests: the reach knows the dilation, the slice does not
# told: two arrays were combined

# %% grade_id="03-conv2d"
def conv2d(x, w, b, stride, padding, dilation):
    N, C, H, W = x.shape
    F, _, KH, KW = w.shape
    x = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    reach_y, reach_x = dilation * (KH - 1) + 1, dilation * (KW - 1) + 1
    OH, OW = (x.shape[2] - reach_y) // stride + 1, (x.shape[3] - reach_x) // stride + 1
    out = np.zeros((N, F, OH, OW))
    for n, f, i, j in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        window = x[n, :, top : top + reach_y, left : left + reach_x]
        out[n, f, i, j] = np.sum(window * w[f]) + b[f]
    return out
