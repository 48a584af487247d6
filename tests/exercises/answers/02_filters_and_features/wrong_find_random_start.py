# loses 02-find-kernel-tests: random numbers to begin with: not the smallest kernel
# told: the first difference is at

# %% grade_id="02-find-kernel"
def find_kernel(x, y):
    KH, KW = x.shape[0] - y.shape[0] + 1, x.shape[1] - y.shape[1] + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW)).reshape(y.size, -1)
    w = np.random.default_rng(0).normal(size=KH * KW)
    return (w + np.linalg.lstsq(windows, y.ravel() - windows @ w)[0]).reshape(KH, KW)
