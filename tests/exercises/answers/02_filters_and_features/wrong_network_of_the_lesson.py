# loses 02-network-tests: the lesson's own kernels
# told: 85.5 % of 4,000 faces are right, and 96 % are asked for

# %% grade_id="02-network"
smile = np.array([[1, -1, -1, 1], [-1, 1, 1, -1]])
network = [smile, smile[::-1]]
