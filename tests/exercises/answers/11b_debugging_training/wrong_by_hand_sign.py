# loses 11b-by-hand-tests: gives a distance below 0
# told: the value at [2] is not right yet

# %% grade_id="11b-by-hand"
by_hand = [math.log(7), math.log(1 + 6 / math.e), -2.0, 0.004]
