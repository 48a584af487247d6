# loses nothing: no loops, another kernel, NumPy's own names for the flip

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape)[::down, ::across]
    return np.einsum("ijuv,uv->ij", windows, w)


# %% grade_id="01-flip"
def flip(kernel):
    return np.flipud(np.fliplr(kernel))


# %% grade_id="01-horizontal-kernel"
horizontal = np.outer([1, -2, 1], [1, 1, 1]) / 3


# %% grade_id="01-changed"
def outputs_changed(shape, w, i, j):
    numbers = np.arange(np.prod(shape)).reshape(shape)
    windows = np.lib.stride_tricks.sliding_window_view(numbers, w.shape)
    return ((windows == numbers[i, j]) & (w != 0)).any(axis=(2, 3)).sum()
