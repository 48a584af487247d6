# loses 02-network-tests: the eyes are the same in both
# told: faces are right, and 96 % are asked for

# %% grade_id="02-network"
eyes = np.array([[1, -1, -1, 1], [-1, -1, -1, -1]])
network = [eyes, eyes[::-1]]
