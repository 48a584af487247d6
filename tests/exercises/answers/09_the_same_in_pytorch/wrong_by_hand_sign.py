# loses 09-by-hand-tests: loses a sign on the way
# told: the value at [3] is not right yet

# %% grade_id="09-by-hand"
by_hand = [6, 12, -0.2, 6, 4]
