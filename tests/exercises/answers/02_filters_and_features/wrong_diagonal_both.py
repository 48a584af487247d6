# loses 02-diagonal-tests: both diagonals alike
# told: the other diagonal ╱ gets as large an answer

# %% grade_id="02-diagonal"
diagonal = [[1, -2, 1], [-2, 4, -2], [1, -2, 1]]
