# loses 06-columns-tests: windows two pixels apart
# told: you left windows out

# %% grade_id="06-columns"
columns = [[1, 3, 5, 7], [2, 4, 6, 8], [5, 7, 9, 11], [6, 8, 10, 12]]
