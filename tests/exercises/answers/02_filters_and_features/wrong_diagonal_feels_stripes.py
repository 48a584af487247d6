# loses 02-diagonal-tests: its weights add up to 0, but not in every row and column
# told: it answers to a change from left to right; look at the sum of each column

# %% grade_id="02-diagonal"
diagonal = [[2, -1, -2], [-1, 4, -1], [-2, -1, 2]]
