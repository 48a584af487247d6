# loses 02-find-kernel-tests: some weights are set to 0 where others do as well
# told: the first difference is at

# %% grade_id="02-find-kernel"
def find_kernel(x, y):
    KH, KW = x.shape[0] - y.shape[0] + 1, x.shape[1] - y.shape[1] + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW)).reshape(y.size, -1)
    chosen = []
    for column in range(KH * KW):
        if np.linalg.matrix_rank(windows[:, [*chosen, column]]) > len(chosen):
            chosen.append(column)
    w = np.zeros(KH * KW)
    w[chosen] = np.linalg.lstsq(windows[:, chosen], y.ravel())[0]
    return w.reshape(KH, KW)
