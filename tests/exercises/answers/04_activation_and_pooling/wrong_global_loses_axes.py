# loses 04-avg-pool2d-tests: the global average forgets to keep two axes

# %% grade_id="04-avg-pool2d"
def avg_pool2d(x, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].mean(axis=(4, 5))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3))
