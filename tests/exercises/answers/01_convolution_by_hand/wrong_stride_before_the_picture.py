# loses 01-correlate2d-tests: rows and columns of the picture are left out, not of the outputs
# told: the answer has shape

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    windows = np.lib.stride_tricks.sliding_window_view(x[::down, ::across], w.shape)
    return np.einsum("ijuv,uv->ij", windows, w)
