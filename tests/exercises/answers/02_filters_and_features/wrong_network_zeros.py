# loses 02-network-tests: all weights 0
# told: all its weights are 0

# %% grade_id="02-network"
network = np.zeros((2, 4, 6))
