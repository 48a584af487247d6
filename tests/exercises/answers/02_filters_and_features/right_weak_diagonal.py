# loses nothing: singular values; a weak detector of the right shape; kernels a thousand times as large

# %% grade_id="02-find-kernel"
def find_kernel(x, y):
    KH, KW = len(x) - len(y) + 1, x.shape[1] - y.shape[1] + 1
    columns = [x[u : u + len(y), v : v + y.shape[1]].ravel() for u in range(KH) for v in range(KW)]
    U, s, V = np.linalg.svd(np.stack(columns, 1), full_matrices=False)
    keep = s > 1e-10 * s[0]
    return ((U.T @ y.ravel())[keep] / s[keep] @ V[keep]).reshape(KH, KW)

# %% grade_id="02-diagonal"
diagonal = 1e-3 * np.array([[2, -1, -1], [-1, 2, -1], [-1, -1, 2]])

# %% grade_id="02-network"
sides = np.array([[1, -1, 1, -1, -1, 1, -1, 1], [1, -1, -1, 1, 1, -1, -1, 1]])
above = [[1, -1, -1, -1, -1, -1, -1, 1]]
network = [1000 * np.vstack([above, sides]), 1000 * np.vstack([above, sides[::-1]])]
