# loses 04-by-hand-tests: in the third table the ReLU is left out

# %% grade_id="04-by-hand"
by_hand = [[[-1, 7], [5, -1]], [[-3, 3], [2, -3]], [[-3, 3], [2, -3]]]
