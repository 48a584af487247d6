# loses 02-find-kernel-tests: no single solution
# told: the equations don't have exactly one solution

# %% grade_id="02-find-kernel"
def find_kernel(x, y):
    KH, KW = x.shape[0] - y.shape[0] + 1, x.shape[1] - y.shape[1] + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW)).reshape(y.size, -1)
    weights = np.linalg.solve(windows.T @ windows, windows.T @ y.ravel())
    return weights.reshape(KH, KW)
