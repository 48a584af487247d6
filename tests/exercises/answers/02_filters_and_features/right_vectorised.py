# loses nothing: no loops, einsum over strided windows, another diagonal

# %% grade_id="02-filter-bank"
from numpy.lib.stride_tricks import sliding_window_view


def filter_bank(picture, kernels):
    windows = sliding_window_view(picture, kernels.shape[1:])
    return np.einsum("ijuv,fuv->fij", windows, kernels)


# %% grade_id="02-conv"
def conv(x, w, b):
    windows = sliding_window_view(x, w.shape[2:], axis=(1, 2))
    return np.einsum("cijuv,fcuv->fij", windows, w) + b.reshape(-1, 1, 1)


# %% grade_id="02-sobel-magnitude"
def sobel_magnitude(x):
    pair = np.array([np.outer([1, 2, 1], [-1, 0, 1]), np.outer([-1, 0, 1], [1, 2, 1])])
    windows = sliding_window_view(x, (3, 3))
    return np.linalg.norm(np.tensordot(windows, pair, axes=((2, 3), (1, 2))), axis=-1)


# %% grade_id="02-diagonal"
diagonal = np.array([[2.0, -1, -1], [-1, 2, -1], [-1, -1, 2]]) / 6
