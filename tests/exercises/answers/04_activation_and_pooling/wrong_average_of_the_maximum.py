# loses 04-avg-pool2d-tests: max_pool2d copied, and the summary forgotten
# told: You took the largest number

# %% grade_id="04-avg-pool2d"
def avg_pool2d(x, size, stride):
    N, C, H, W = x.shape
    out = np.empty((N, C, (H - size) // stride + 1, (W - size) // stride + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * stride, j * stride
            out[:, :, i, j] = x[:, :, top : top + size, left : left + size].max(axis=(2, 3))
    return out
