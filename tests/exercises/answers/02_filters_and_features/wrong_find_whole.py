# loses 02-find-kernel-tests: weights in an array of whole numbers
# told: Your result was cut to whole numbers

# %% grade_id="02-find-kernel"
def find_kernel(x, y):
    KH, KW = x.shape[0] - y.shape[0] + 1, x.shape[1] - y.shape[1] + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW)).reshape(y.size, -1)
    w = np.zeros((KH, KW), dtype=int)
    w[:] = np.linalg.lstsq(windows, y.ravel())[0].reshape(KH, KW)
    return w
