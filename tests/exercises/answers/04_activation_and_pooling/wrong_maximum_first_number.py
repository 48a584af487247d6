# loses 04-max-pool2d-tests: drops all numbers but the first
# told: You kept the first number of each window

# %% grade_id="04-max-pool2d"
def max_pool2d(x, size, stride):
    N, C, H, W = x.shape
    OH, OW = (H - size) // stride + 1, (W - size) // stride + 1
    return x[:, :, ::stride, ::stride][:, :, :OH, :OW]
