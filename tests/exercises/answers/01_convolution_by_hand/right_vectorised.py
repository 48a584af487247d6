# loses nothing: no loops, another kernel, NumPy's own names for the flip

# %% grade_id="01-correlate2d"
def correlate2d(x, w):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape)
    return np.einsum("ijuv,uv->ij", windows, w)


# %% grade_id="01-flip"
def flip(kernel):
    return np.flipud(np.fliplr(kernel))


# %% grade_id="01-horizontal-kernel"
horizontal = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]) / 4
