# loses 01-by-hand-tests: one row in place of three
# told: you used the middle row of each window only

# %% grade_id="01-by-hand"
by_hand = [[0, -1, 0], [0, -1, 0], [1, 0, -1]]
