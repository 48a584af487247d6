# loses 01-by-hand-tests: one slip of the pencil

# %% grade_id="01-by-hand"
by_hand = [[0, -3, 0], [1, -2, -1], [1, -1, 0]]
