# loses 01-by-hand-tests: one slip of the pencil
# told: by_hand: the value at [2, 2] is not right yet

# %% grade_id="01-by-hand"
by_hand = [[0, -3, 0], [1, -2, -1], [1, -1, 0]]
