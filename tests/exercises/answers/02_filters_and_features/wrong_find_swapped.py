# loses 02-find-kernel-tests: the weights are laid out column by column
# told: Rows and columns of the kernel are swapped

# %% grade_id="02-find-kernel"
def find_kernel(x, y):
    KH, KW = x.shape[0] - y.shape[0] + 1, x.shape[1] - y.shape[1] + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW)).reshape(y.size, -1)
    w = np.linalg.lstsq(windows, y.ravel())[0]
    return w.reshape(KH, KW).ravel(order="F").reshape(KH, KW)
