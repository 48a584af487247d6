# loses 02-by-hand-tests: all kernels divide by 9
# told: only the blur takes a mean

# %% grade_id="02-by-hand"
by_hand = [[6, 7], [27 / 9, -9 / 9], [27 / 9, 18 / 9]]
