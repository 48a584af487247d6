# loses 04-avg-pool2d-tests: divided by the height of the window only
# told: divided by the window's height

# %% grade_id="04-avg-pool2d"
def avg_pool2d(x, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].sum(axis=(4, 5)) / size
