# loses 02-find-kernel-tests: each weight alone
# told: You found each weight as if the others were 0

# %% grade_id="02-find-kernel"
def find_kernel(x, y):
    KH, KW = x.shape[0] - y.shape[0] + 1, x.shape[1] - y.shape[1] + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW)).reshape(y.size, -1)
    return (windows * y.reshape(-1, 1)).sum(axis=0).reshape(KH, KW) / (windows**2).sum(axis=0).reshape(KH, KW)
