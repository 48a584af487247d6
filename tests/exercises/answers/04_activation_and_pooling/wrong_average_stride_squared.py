# loses 04-avg-pool2d-tests: divides by the square of the stride
# told: You divided by stride · stride

# %% grade_id="04-avg-pool2d"
def avg_pool2d(x, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].sum(axis=(4, 5)) / stride**2
