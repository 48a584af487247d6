# loses 02-by-hand-tests: Sobel read from right to left
# told: Sobel is right minus left

# %% grade_id="02-by-hand"
by_hand = [[6, 7], [-27, 9], [27, 18]]
