# loses 07b-by-hand-tests: two rows
# told: the answer has shape (2, 2), expected (4,)

# %% grade_id="07b-by-hand"
by_hand = [[15, 20], [60, 85]]
