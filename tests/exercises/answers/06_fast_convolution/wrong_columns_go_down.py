# loses 06-columns-tests: the windows go from top to bottom first
# told: the windows go row by row

# %% grade_id="06-columns"
columns = [[1, 5, 2, 6, 3, 7], [2, 6, 3, 7, 4, 8], [5, 9, 6, 10, 7, 11], [6, 10, 7, 11, 8, 12]]
