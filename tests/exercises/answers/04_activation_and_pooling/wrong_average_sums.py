# loses 04-avg-pool2d-tests: sums, not means
# told: You added the numbers up

# %% grade_id="04-avg-pool2d"
def avg_pool2d(x, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return np.einsum("ncijuv->ncij", windows[:, :, ::stride, ::stride])
