# loses 04-by-hand-tests: the zeros that the ReLU makes are not counted
# told: in table 3 the zeros count, too

# %% grade_id="04-by-hand"
by_hand = [[[-1, 7], [5, -1]], [[-3, 3], [1, -3]], [[0, 12 / 3], [8 / 3, 0]]]
