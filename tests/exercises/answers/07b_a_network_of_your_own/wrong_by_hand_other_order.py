# loses 07b-by-hand-tests: the order of the alphabet
# told: the value at [0] is not right yet

# %% grade_id="07b-by-hand"
by_hand = [85, 60, 20, 15]
