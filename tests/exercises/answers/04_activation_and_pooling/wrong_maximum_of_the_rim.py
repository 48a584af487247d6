# loses 04-max-pool2d-tests: only the four corners of a window are compared, all there is in one of 2×2
# told: the first difference is at

# %% grade_id="04-max-pool2d"
def max_pool2d(x, size, stride, padding):
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return windows[..., [0, 0, -1, -1], [0, -1, 0, -1]].max(axis=-1)
