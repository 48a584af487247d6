# loses 01-correlate2d-tests: zeros around the picture, so that the size stays
# told: You padded the picture with zeros

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    kh, kw = w.shape
    padded = np.pad(x, [(kh // 2, kh // 2), (kw // 2, kw // 2)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, w.shape)[::down, ::across]
    return np.sum(windows * w, axis=(2, 3))
