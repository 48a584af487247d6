# loses 02-diagonal-tests: the columns add up to 0, the rows do not
# told: look at the sum of each row

# %% grade_id="02-diagonal"
diagonal = [[1, 2, 3], [0, 0, 0], [-1, -2, -3]]
