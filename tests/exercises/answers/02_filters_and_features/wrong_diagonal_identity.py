# loses 02-diagonal-tests: finds the line, and everything else
# told: it answers to a change from left to right

# %% grade_id="02-diagonal"
diagonal = np.eye(3)
