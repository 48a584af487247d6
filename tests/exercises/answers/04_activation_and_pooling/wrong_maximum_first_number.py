# loses 04-max-pool2d-tests: drops all numbers but the first
# told: You kept the first number of each window

# %% grade_id="04-max-pool2d"
def max_pool2d(x, size, stride, padding):
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    N, C, H, W = x.shape
    OH, OW = (H - size) // stride + 1, (W - size) // stride + 1
    return x[:, :, ::stride, ::stride][:, :, :OH, :OW]
