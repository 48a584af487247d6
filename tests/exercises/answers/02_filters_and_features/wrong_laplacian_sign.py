# loses 02-by-hand-tests: others minus middle
# told: the Laplacian is 8 times the middle minus the others

# %% grade_id="02-by-hand"
by_hand = [[6, 7], [27, -9], [-27, -18]]
