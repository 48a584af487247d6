# loses 12-by-hand-tests: takes 12×12 places
# told: the value at [1] is not right yet

# %% grade_id="12-by-hand"
by_hand = [18432, 2654208, 36864, 2336, 336384, 4608]
