# loses 02-by-hand-tests: a slip of the pencil
# told: by_hand: the value at [2, 1] is not right yet

# %% grade_id="02-by-hand"
by_hand = [[6, 7], [27, -9], [27, 9]]
