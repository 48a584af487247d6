# loses 04-max-pool2d-tests: compares sizes
# told: You compared the numbers without their signs

# %% grade_id="04-max-pool2d"
def max_pool2d(x, size, stride, padding):
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    N, C, H, W = x.shape
    out = np.zeros((N, C, (H - size) // stride + 1, (W - size) // stride + 1))
    for n, c, i, j in np.ndindex(out.shape):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        out[n, c, i, j] = max(window.ravel(), key=abs)
    return out
