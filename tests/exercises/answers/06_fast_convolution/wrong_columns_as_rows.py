# loses 06-columns-tests: one slip: the fourth window starts in row 0
# told: is not right yet; work it out again

# %% grade_id="06-columns"
columns = [[1, 2, 3, 4, 6, 7], [2, 3, 4, 5, 7, 8], [5, 6, 7, 8, 10, 11], [6, 7, 8, 9, 11, 12]]
