# loses 02-network-tests: bare board above and below the mouth: better, but not enough
# told: 90.8 % of 4,000 faces are right

# %% grade_id="02-network"
smile = np.array([[1, -1, -1, 1], [-1, 1, 1, -1]])
row = [[-1, -1, -1, -1]]
network = [np.vstack([row, smile, row]), np.vstack([row, smile[::-1], row])]
