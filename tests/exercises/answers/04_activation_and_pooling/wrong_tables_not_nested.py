# loses 04-by-hand-tests: one table of six rows, not three of two
# told: expected (3, 2, 2)

# %% grade_id="04-by-hand"
by_hand = [[-1, 7], [5, -1], [-3, 3], [1, -3], [0, 3], [2, 0]]
