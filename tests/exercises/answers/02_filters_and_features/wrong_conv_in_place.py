# loses 02-conv-tests: the filters are flipped in place
# told: `conv` changed what it was given

# %% grade_id="02-conv"
def conv(x, w, b):
    w[:] = w[:, :, ::-1]
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(1, 2))
    return np.einsum("cijuv,fcuv->fij", windows, w[:, :, ::-1]) + b[:, None, None]
