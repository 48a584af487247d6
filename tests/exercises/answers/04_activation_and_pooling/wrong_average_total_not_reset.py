# loses 04-avg-pool2d-tests: the sum goes on from window to window
# told: the first difference is at

# %% grade_id="04-avg-pool2d"
def avg_pool2d(x, size, stride):
    N, C, H, W = x.shape
    out = np.zeros((N, C, (H - size) // stride + 1, (W - size) // stride + 1))
    total = 0
    for n, c, i, j in np.ndindex(out.shape):
        for u in range(size):
            for v in range(size):
                total += x[n, c, i * stride + u, j * stride + v]
        out[n, c, i, j] = total / size**2
    return out
