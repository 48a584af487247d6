# loses 04-pooled-tests: the row at home is missing
# told: expected (3, 4)

# %% grade_id="04-pooled"
pooled = [[0, 4, 0, 0], [0, 3, 4, 0]]
