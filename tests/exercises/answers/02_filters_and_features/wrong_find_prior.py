# loses 02-find-kernel-tests: a pull towards 0 that is too strong
# told: the first difference is at

# %% grade_id="02-find-kernel"
def find_kernel(x, y):
    KH, KW = x.shape[0] - y.shape[0] + 1, x.shape[1] - y.shape[1] + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW)).reshape(y.size, -1)
    pull = 10 * np.eye(KH * KW)
    weights = np.linalg.solve(windows.T @ windows + pull, windows.T @ y.ravel())
    return weights.reshape(KH, KW)
