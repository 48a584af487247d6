# loses 02-find-kernel-tests: map minus target the wrong way round
# told: The signs of all the weights are the wrong way round

# %% grade_id="02-find-kernel"
def find_kernel(x, y):
    KH, KW = x.shape[0] - y.shape[0] + 1, x.shape[1] - y.shape[1] + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW)).reshape(y.size, -1)
    return np.linalg.lstsq(windows, -y.ravel())[0].reshape(KH, KW)
