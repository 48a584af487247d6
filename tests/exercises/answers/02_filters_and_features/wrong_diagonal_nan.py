# loses 02-diagonal-tests: nan is no weight

# %% grade_id="02-diagonal"
diagonal = np.full((3, 3), np.nan)
