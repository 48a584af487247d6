# loses nothing: the pseudo-inverse; eyes and mouth with empty columns beside them

# %% grade_id="02-only-a"
only_a = np.full((2, 1, 1), 0.1), np.full((2, 2, 1, 1), 0), np.array([0.25, 0])

# %% grade_id="02-only-b"
only_b = np.arange(8).reshape(2, 2, 2), np.arange(8).reshape(1, 2, 2, 2), np.zeros(1)

# %% grade_id="02-only-c"
only_c = smiley()[None], np.stack([edge_kernel(), edge_kernel().T])[:, None], np.ones(2)

# %% grade_id="02-find-kernel"
def find_kernel(x, y):
    size = tuple(np.subtract(x.shape, y.shape) + 1)
    windows = np.lib.stride_tricks.sliding_window_view(x, size)
    return np.tensordot(np.linalg.pinv(windows.reshape(*y.shape, -1).reshape(y.size, -1)), y.ravel(), 1).reshape(size)

# %% grade_id="02-diagonal"
diagonal = np.array([[2.0, -1, -1], [-1, 2, -1], [-1, -1, 2]]) / 6

# %% grade_id="02-network"
up = np.pad([[1, -1, -1, 1], [-1, -1, -1, -1], [1, -1, -1, 1], [-1, 1, 1, -1]], ((0, 0), (1, 1)), constant_values=-1)
network = np.array([up, up[[0, 1, 3, 2]]]) / 7
