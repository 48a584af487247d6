# loses 01-correlate2d-tests: a map of one row loses an axis
# told: the answer has shape (3,), expected (3, 1)

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape)[::down, ::across]
    return np.squeeze(np.tensordot(windows, w))
