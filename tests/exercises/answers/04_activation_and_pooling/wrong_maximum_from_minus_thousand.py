# loses 04-max-pool2d-tests: the search starts at −1000, "low enough"
# told: the first difference is at

# %% grade_id="04-max-pool2d"
def max_pool2d(x, size, stride, padding):
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    N, C, H, W = x.shape
    out = np.full((N, C, (H - size) // stride + 1, (W - size) // stride + 1), -1000.0)
    for u in range(size):
        for v in range(size):
            for i in range(out.shape[2]):
                for j in range(out.shape[3]):
                    out[:, :, i, j] = np.maximum(out[:, :, i, j], x[:, :, i * stride + u, j * stride + v])
    return out
