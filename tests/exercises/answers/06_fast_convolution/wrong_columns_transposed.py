# loses 06-columns-tests: each window is a row
# told: you wrote each window as a row

# %% grade_id="06-columns"
columns = [[1, 2, 5, 6], [2, 3, 6, 7], [3, 4, 7, 8], [5, 6, 9, 10], [6, 7, 10, 11], [7, 8, 11, 12]]
