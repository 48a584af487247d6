# loses 02-by-hand-tests: the sum of the nine pixels in place of their mean
# told: by_hand: the blur takes the mean

# %% grade_id="02-by-hand"
by_hand = [[54, 63], [27, -9], [27, 18]]
