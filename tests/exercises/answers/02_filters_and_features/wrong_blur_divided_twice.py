# loses 02-by-hand-tests: ninths, and divided by 9 once more
# told: divide by 9 only once

# %% grade_id="02-by-hand"
by_hand = [[6 / 9, 7 / 9], [27, -9], [27, 18]]
