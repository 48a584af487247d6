# loses 02-conv-tests: a map for each channel
# told: The channels are still apart

# %% grade_id="02-conv"
def conv(x, w, b):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(1, 2))
    return np.einsum("cijuv,fcuv->fcij", windows, w) + b[:, None, None, None]
