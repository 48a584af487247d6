# loses nothing: strided windows, one einsum, NumPy's own padding


# %% grade_id="03-same-padding"
def same_padding(size, kernel_size, stride, dilation):
    taps = np.add.outer(np.arange(0, size, stride), dilation * np.arange(kernel_size))
    before, rest = divmod(max(taps.max() - size + 1, 0), 2)
    return np.array([before, before + rest])


# %% grade_id="03-pad2d"
def pad2d(x, padding):
    return np.pad(x, ((0, 0), (0, 0)) + tuple(padding))


# %% grade_id="03-conv2d"
from numpy.lib.stride_tricks import sliding_window_view


def conv2d(x, w, b, stride, padding, dilation):
    p, d = padding, dilation
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    reach = [d * (k - 1) + 1 for k in w.shape[2:]]
    windows = sliding_window_view(x, reach, axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::d, ::d]
    return np.einsum("ncijuv,fcuv->nfij", windows, w) + b[:, None, None]
