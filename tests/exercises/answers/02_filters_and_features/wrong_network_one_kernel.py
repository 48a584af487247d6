# loses 02-network-tests: one kernel
# told: it needs two kernels of the same shape, (2, KH, KW), not (2, 4)

# %% grade_id="02-network"
smile = np.array([[1, -1, -1, 1], [-1, 1, 1, -1]])
network = smile
