# loses 01-by-hand-tests: nine numbers without rows
# told: the answer has shape (9,), expected (3, 3)

# %% grade_id="01-by-hand"
by_hand = [0, -3, 0, 1, -2, -1, 1, -1, -1]
