# loses nothing: helpers with the names of the checks, a global memory that is used rightly

# %% grade_id="03-sizes"
run = case = check = layers = settings = hidden = every = None
sizes = np.array([28, 14, 10, 5, 400.0])


# %% grade_id="03-mended"
layers = BLOCK = WINDOWS = ((1, 2, 0), (3, 1, 1), (1, 1, 0))
mended = [list(layer) for layer in layers]
mended[0][1], mended[1][1] = mended[1][1], mended[0][1]

# %% grade_id="03-same-padding"
from functools import lru_cache


@lru_cache
def reach(kernel_size, dilation):
    return (kernel_size - 1) * dilation + 1


def same_padding(size, kernel_size, stride, dilation):
    # Keras' own rule: the remainder of the size decides.
    shared_out = reach(kernel_size, dilation) - (size % stride or stride)
    pair = np.array([shared_out, shared_out + 1]) // 2
    return tuple(pair.clip(min=0))


# %% grade_id="03-pad2d"
def pad2d(x, padding):
    (top, bottom), (left, right) = padding
    rows = np.arange(-top, x.shape[2] + bottom)[:, None]
    columns = np.arange(-left, x.shape[3] + right)
    inside = (rows >= 0) & (rows < x.shape[2]) & (columns >= 0) & (columns < x.shape[3])
    nearest = x[:, :, rows.clip(0, x.shape[2] - 1), columns.clip(0, x.shape[3] - 1)]
    return np.where(inside, nearest, 0)


# %% grade_id="03-conv2d"
def conv2d(x, w, b, stride, padding, dilation):
    # A dilated kernel is a larger one with zeros between its taps.
    spread = np.zeros((*w.shape[:2], *(reach(k, dilation) for k in w.shape[2:])))
    spread[:, :, ::dilation, ::dilation] = w
    x = pad2d(x, [(padding, padding)] * 2)
    windows = np.lib.stride_tricks.sliding_window_view(x, spread.shape[2:], axis=(2, 3))
    every = np.einsum("ncijuv,fcuv->nfij", windows, spread, optimize=True)
    return every[:, :, ::stride, ::stride] + np.reshape(b, (1, -1, 1, 1))
