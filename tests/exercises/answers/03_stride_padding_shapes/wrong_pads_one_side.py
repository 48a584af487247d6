# loses 03-conv2d-tests: zeros at the top and on the left only
# told: You padded only the top and the left

# %% grade_id="03-conv2d"
def conv2d(x, w, b, stride, padding, dilation):
    N, C, H, W = x.shape
    F, _, KH, KW = w.shape
    x = np.pad(x, ((0, 0), (0, 0), (padding, 0), (padding, 0)))
    reach_y, reach_x = dilation * (KH - 1) + 1, dilation * (KW - 1) + 1
    OH, OW = (x.shape[2] - reach_y) // stride + 1, (x.shape[3] - reach_x) // stride + 1
    out = np.zeros((N, F, OH, OW))
    for i in range(OH):
        for j in range(OW):
            top, left = i * stride, j * stride
            window = x[:, :, top : top + reach_y : dilation, left : left + reach_x : dilation]
            out[:, :, i, j] = np.einsum("ncuv,fcuv->nf", window, w) + b
    return out
