# loses 01-by-hand-tests: the kernel is turned
# told: the bottom row minus the top row

# %% grade_id="01-by-hand"
by_hand = [[0, 0, 0], [1, 2, 2], [-1, -1, 0]]
