# loses 01-correlate2d-tests: a map of one row loses an axis
# told: the answer has shape (), expected (1, 1)

# %% grade_id="01-correlate2d"
def correlate2d(x, w):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape)
    return np.squeeze(np.tensordot(windows, w))
