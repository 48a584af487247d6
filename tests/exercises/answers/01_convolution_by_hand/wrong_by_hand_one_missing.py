# loses 01-by-hand-tests: a number is forgotten
# told: the answer's rows differ in length

# %% grade_id="01-by-hand"
by_hand = [[0, -3, 0], [1, -2], [1, -1, -1]]
