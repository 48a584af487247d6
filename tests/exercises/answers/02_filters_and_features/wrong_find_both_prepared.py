# loses 02-find-kernel-tests: both are prepared, each in its own way
# told: You shifted and scaled the picture and the map

# %% grade_id="02-find-kernel"
def find_kernel(x, y):
    KH, KW = x.shape[0] - y.shape[0] + 1, x.shape[1] - y.shape[1] + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW)).reshape(y.size, -1)
    windows, y = (windows - x.mean()) / x.std(), (y - y.mean()) / y.std()
    return np.linalg.lstsq(windows, y.ravel())[0].reshape(KH, KW)
