# loses 02-network-tests: nan is no weight
# told: its weights should be finite numbers

# %% grade_id="02-network"
network = np.full((2, 4, 6), np.nan)
