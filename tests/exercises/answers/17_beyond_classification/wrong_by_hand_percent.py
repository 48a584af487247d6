# loses 17-by-hand-tests: in percent
# told: the value at [0] is not right yet

# %% grade_id="17-by-hand"
by_hand = [20, 33.333, 50, 38.667, 4, 3, 25]
