# loses 02-network-tests: kernels of two shapes
# told: it needs two kernels of the same shape

# %% grade_id="02-network"
smile = np.array([[1, -1, -1, 1], [-1, 1, 1, -1]])
network = [smile.tolist(), smile[:, :3].tolist()]
