# loses 02-sobel-magnitude-tests: the transpose is forgotten
# told: g_y needs its transpose

# %% grade_id="02-sobel-magnitude"
def sobel_magnitude(x):
    Sx = Sy = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3))
    return np.hypot(*(np.sum(windows * S, axis=(2, 3)) for S in (Sx, Sy)))
