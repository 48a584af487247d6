# loses 04-max-pool2d-tests: the search starts at minus a billion, in place of minus infinity
# told: the first difference is at

# %% grade_id="04-max-pool2d"
def max_pool2d(x, size, stride, padding):
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    N, C, H, W = x.shape
    out = np.full((N, C, (H - size) // stride + 1, (W - size) // stride + 1), -1e9)
    for n, c, i, j in np.ndindex(out.shape):
        for number in x[n, c, i * stride : i * stride + size, j * stride : j * stride + size].flat:
            if number > out[n, c, i, j]:
                out[n, c, i, j] = number
    return out
