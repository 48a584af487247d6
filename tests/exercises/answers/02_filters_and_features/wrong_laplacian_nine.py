# loses 02-by-hand-tests: the middle is taken off, too
# told: leave the middle out of what you subtract

# %% grade_id="02-by-hand"
by_hand = [[6, 7], [27, -9], [18, 9]]
