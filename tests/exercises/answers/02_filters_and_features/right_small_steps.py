# loses nothing: descent with the windows multiplied beforehand; weights that training found

# %% grade_id="02-find-kernel"
def find_kernel(x, y):
    size = x.shape[0] - y.shape[0] + 1, x.shape[1] - y.shape[1] + 1
    windows = np.array([x[i : i + size[0], j : j + size[1]].ravel() for i, j in np.ndindex(y.shape)])
    alike, goal = windows.T @ windows, windows.T @ y.ravel()
    rate, w = 1 / np.trace(alike), np.zeros(len(goal))
    for _ in range(2000):
        w = w - rate * (alike @ w - goal)
    return w.reshape(size)

# %% grade_id="02-diagonal"
diagonal = [[1, -1, 0], [-1, 2, -1], [0, -1, 1]]

# %% grade_id="02-network"
network = [
    [
        [-0.8, 2.9, -2.0, -1.8, 2.8, -1.1],
        [-1.8, -1.7, -1.3, -1.3, -1.8, -1.8],
        [-1.1, 2.2, -2.0, -1.9, 2.3, -1.1],
        [-0.7, -2.0, 2.7, 2.7, -1.9, -0.9],
    ],
    [
        [-0.7, 2.9, -2.1, -2.0, 3.2, -0.9],
        [-0.7, -1.9, -1.5, -1.5, -1.6, -0.7],
        [-1.8, -2.5, 2.3, 2.5, -2.7, -1.5],
        [-1.1, 2.6, -1.4, -1.4, 2.5, -1.3],
    ],
]
