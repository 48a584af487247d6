# loses 02-find-kernel-tests: the picture is scaled, the map is not
# told: You divided the picture by its standard deviation, but not the map

# %% grade_id="02-find-kernel"
def find_kernel(x, y):
    KH, KW = x.shape[0] - y.shape[0] + 1, x.shape[1] - y.shape[1] + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW)).reshape(y.size, -1)
    return np.linalg.lstsq(windows / x.std(), y.ravel())[0].reshape(KH, KW)
