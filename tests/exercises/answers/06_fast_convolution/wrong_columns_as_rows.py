# loses 06-columns-tests: one slip: the third window starts in row 0

# %% grade_id="06-columns"
columns = [[1, 2, 3, 4], [2, 3, 4, 5], [4, 5, 6, 7], [5, 6, 7, 8]]
