# loses 02-diagonal-tests: so strong that sums overflow
# told: it answers to a change from left to right

# %% grade_id="02-diagonal"
diagonal = 1e308 * np.eye(3)
