# loses 02-diagonal-tests: two rows
# told: it needs three rows of three numbers

# %% grade_id="02-diagonal"
diagonal = [[1, 0, -1], [-1, 0, 1]]
