# loses 07-by-hand-tests: db is forgotten
# told: the answer has shape (5,), expected (6,)

# %% grade_id="07-by-hand"
by_hand = [3, -1, 2, -3, 1]
