# loses 07-by-hand-tests: a slip in one number
# told: the value at [4] is not right yet

# %% grade_id="07-by-hand"
by_hand = (3, -1, 2, -3, 2, 1)
