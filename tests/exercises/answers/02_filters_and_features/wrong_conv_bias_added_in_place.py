# loses 02-conv-tests: fractions are added to an array of whole numbers, in place
# told: floats don't fit into an array of whole numbers

# %% grade_id="02-conv"
def conv(x, w, b):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(1, 2))
    out = np.einsum("cijuv,fcuv->fij", windows, w)
    out += b[:, None, None]
    return out
