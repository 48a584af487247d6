# loses 04-max-pool2d-tests: size and stride are exchanged
# told: You exchanged size and stride

# %% grade_id="04-max-pool2d"
def max_pool2d(x, stride, size, padding):
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].max(axis=(4, 5))
