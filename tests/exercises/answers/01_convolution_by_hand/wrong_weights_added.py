# loses 01-correlate2d-tests: plus for times
# told: You added the weights to the pixels

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape)[::down, ::across]
    return np.sum(windows + w, axis=(2, 3))
