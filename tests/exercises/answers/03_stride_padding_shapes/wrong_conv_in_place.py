# loses 03-conv2d-tests: the filters are flipped in place, and the windows, too
# told: `conv2d` changed what it was given

# %% grade_id="03-conv2d"
def conv2d(x, w, b, stride, padding, dilation):
    p, d = padding, dilation
    w[:] = w[:, :, ::-1, ::-1]
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    reach = [d * (k - 1) + 1 for k in w.shape[2:]]
    windows = np.lib.stride_tricks.sliding_window_view(padded, reach, axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::d, ::d][..., ::-1, ::-1]
    return np.einsum("ncijuv,fcuv->nfij", windows, w) + b[:, None, None]
