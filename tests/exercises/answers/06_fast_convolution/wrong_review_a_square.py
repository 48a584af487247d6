# loses 06-review-a-tests: as many rows as columns of windows
# told: colleague A is right

# %% grade_id="06-review-a"
against_a = [[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]], 2, 2, 1
