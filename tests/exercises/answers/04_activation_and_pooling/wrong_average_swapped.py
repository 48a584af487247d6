# loses 04-avg-pool2d-tests: rows and columns of the windows are swapped
# told: the answer has shape

# %% grade_id="04-avg-pool2d"
def avg_pool2d(x, size, stride):
    N, C, H, W = x.shape
    rows = [
        [x[:, :, top : top + size, left : left + size].mean((2, 3)) for top in range(0, H - size + 1, stride)]
        for left in range(0, W - size + 1, stride)
    ]
    return np.array(rows).transpose(2, 3, 0, 1)
