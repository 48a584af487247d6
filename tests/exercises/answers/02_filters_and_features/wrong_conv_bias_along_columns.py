# loses 02-conv-tests: the biases meet the last axis
# told: two arrays were combined whose shapes

# %% grade_id="02-conv"
def conv(x, w, b):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(1, 2))
    return np.einsum("cijuv,fcuv->fij", windows, w) + b
