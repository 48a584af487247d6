# loses 04-avg-pool2d-tests: every window counts
# told: You left out the stride

# %% grade_id="04-avg-pool2d"
def avg_pool2d(x, size, stride):
    return np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3)).mean((4, 5))
