# loses nothing: strided windows, one einsum, NumPy's own padding

# %% grade_id="03-output-size"
output_size = lambda n, k, s, p, d: int(np.floor((n + 2 * p - d * (k - 1) - 1) / s + 1))


# %% grade_id="03-same-padding"
def same_padding(kernel_size, dilation):
    before, rest = divmod((kernel_size - 1) * dilation, 2)
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
