# loses 01-correlate2d-tests: outputs are kept in the range of pixels and their negatives
# told: the first difference is at

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape)[::down, ::across]
    return np.clip(np.einsum("ijuv,uv->ij", windows, w), -255, 255)
