# loses 02-by-hand-tests: the edge detector of lesson 01
# told: yours counts all three rows alike

# %% grade_id="02-by-hand"
by_hand = [[6, 7], [18, 0], [27, 18]]
