# loses 02-by-hand-tests: bottom minus top
# told: you took Sobel's transpose

# %% grade_id="02-by-hand"
by_hand = [[6, 7], [27, 9], [27, 18]]
