# loses 02-conv-tests: w[f, 0] for every channel
# told: Every channel is filtered with the slice for channel 0

# %% grade_id="02-conv"
def conv(x, w, b):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(1, 2))
    return np.einsum("cijuv,fuv->fij", windows, w[:, 0]) + b[:, None, None]
