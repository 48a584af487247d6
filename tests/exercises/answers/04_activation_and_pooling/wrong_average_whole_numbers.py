# loses 04-avg-pool2d-tests: the means take the dtype of the picture
# told: Your result was cut to whole numbers

# %% grade_id="04-avg-pool2d"
def avg_pool2d(x, size, stride):
    N, C, H, W = x.shape
    out = np.empty((N, C, (H - size) // stride + 1, (W - size) // stride + 1), dtype=x.dtype)
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * stride, j * stride
            out[:, :, i, j] = x[:, :, top : top + size, left : left + size].mean(axis=(2, 3))
    return out
