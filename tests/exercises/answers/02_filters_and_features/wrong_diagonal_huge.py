# loses 02-diagonal-tests: so strong that sums overflow

# %% grade_id="02-diagonal"
diagonal = 1e308 * np.eye(3)
