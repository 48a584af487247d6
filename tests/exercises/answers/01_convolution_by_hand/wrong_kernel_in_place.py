# loses 01-correlate2d-tests: the kernel is flipped in place, then read backwards
# told: `correlate2d` changed what it was given

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    w[:] = w[::-1, ::-1]
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape)[::down, ::across]
    return np.sum(windows * w[::-1, ::-1], axis=(2, 3))
