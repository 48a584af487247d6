# loses 04-avg-pool2d-tests: the number of windows knows the stride, their places do not
# told: The number of windows is right, but they move by 1

# %% grade_id="04-avg-pool2d"
def avg_pool2d(x, size, stride):
    N, C, H, W = x.shape
    out = np.zeros((N, C, (H - size) // stride + 1, (W - size) // stride + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            out[:, :, i, j] = x[:, :, i : i + size, j : j + size].mean(axis=(2, 3))
    return out
