# loses 03-conv2d-tests: only channel 0 is filtered
# told: Only the first channel is used

# %% grade_id="03-conv2d"
def conv2d(x, w, b, stride, padding, dilation):
    p, d = padding, dilation
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    reach = [d * (k - 1) + 1 for k in w.shape[2:]]
    windows = np.lib.stride_tricks.sliding_window_view(x[:, 0], reach, axis=(1, 2))
    windows = windows[:, ::stride, ::stride, ::d, ::d]
    return np.einsum("nijuv,fuv->nfij", windows, w[:, 0]) + b[:, None, None]
