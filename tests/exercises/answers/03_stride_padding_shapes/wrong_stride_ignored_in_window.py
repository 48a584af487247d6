# loses 03-conv2d-tests: the size knows the stride, the window does not
# told: The number of outputs is right, but the window moves by 1

# %% grade_id="03-conv2d"
def conv2d(x, w, b, stride, padding, dilation):
    N, C, H, W = x.shape
    F, _, KH, KW = w.shape
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    reach_y, reach_x = dilation * (KH - 1) + 1, dilation * (KW - 1) + 1
    OH, OW = (x.shape[2] - reach_y) // stride + 1, (x.shape[3] - reach_x) // stride + 1
    out = np.zeros((N, F, OH, OW))
    for i in range(OH):
        for j in range(OW):
            window = x[:, :, i : i + reach_y : dilation, j : j + reach_x : dilation]
            out[:, :, i, j] = np.einsum("ncuv,fcuv->nf", window, w) + b
    return out
