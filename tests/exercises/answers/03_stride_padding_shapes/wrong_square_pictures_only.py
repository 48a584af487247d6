# loses 03-conv2d-tests: height used for width
# told: `conv2d` stopped with

# %% grade_id="03-conv2d"
def conv2d(x, w, b, stride, padding, dilation):
    N, C, H, _ = x.shape
    F, _, K, _ = w.shape
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    reach = dilation * (K - 1) + 1
    size = (x.shape[2] - reach) // stride + 1
    out = np.zeros((N, F, size, size))
    for i in range(size):
        for j in range(size):
            top, left = i * stride, j * stride
            window = x[:, :, top : top + reach : dilation, left : left + reach : dilation]
            out[:, :, i, j] = np.einsum("ncuv,fcuv->nf", window, w) + b
    return out
