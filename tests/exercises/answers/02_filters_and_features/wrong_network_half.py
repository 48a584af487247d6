# loses 02-network-tests: half a mouth
# told: faces are right, and 96 % are asked for

# %% grade_id="02-network"
half = np.array([[1, -1, -1], [-1, 1, 1]])
network = [half, half[::-1]]
