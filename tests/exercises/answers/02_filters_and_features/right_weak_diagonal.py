# loses nothing: a weak detector of the right shape

# %% grade_id="02-diagonal"
diagonal = 1e-3 * np.array([[2, -1, -1], [-1, 2, -1], [-1, -1, 2]])
