# loses 02-diagonal-tests: nan is no weight
# told: its weights should be finite numbers

# %% grade_id="02-diagonal"
diagonal = np.full((3, 3), np.nan)
