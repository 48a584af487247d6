# loses 02-network-tests: a kernel longer than the board
# told: must fit on the board of 12 × 12

# %% grade_id="02-network"
network = np.ones((2, 1, 24))
