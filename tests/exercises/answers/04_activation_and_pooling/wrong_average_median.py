# loses 04-avg-pool2d-tests: the median
# told: the first difference is at

# %% grade_id="04-avg-pool2d"
def avg_pool2d(x, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return np.median(windows[:, :, ::stride, ::stride], axis=(4, 5))
