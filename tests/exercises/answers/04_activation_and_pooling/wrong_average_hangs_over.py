# loses 04-avg-pool2d-tests: windows that the border cuts off count, too
# told: The last windows hang over the border

# %% grade_id="04-avg-pool2d"
def avg_pool2d(x, size, stride):
    N, C, H, W = x.shape
    rows = []
    for top in range(0, H, stride):
        windows = [x[:, :, top : top + size, left : left + size] for left in range(0, W, stride)]
        rows.append([window.mean(axis=(2, 3)) for window in windows])
    return np.array(rows).transpose(2, 3, 0, 1)
