# loses 03-conv2d-tests: fractions are added to an array of whole numbers, in place
# told: floats don't fit into an array of whole numbers

# %% grade_id="03-conv2d"
def conv2d(x, w, b, stride, padding, dilation):
    p, d = padding, dilation
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    reach = [d * (k - 1) + 1 for k in w.shape[2:]]
    windows = np.lib.stride_tricks.sliding_window_view(x, reach, axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::d, ::d]
    out = np.einsum("ncijuv,fcuv->nfij", windows, w)
    out += b[:, None, None]
    return out
