# loses 02-by-hand-tests: right before left
# told: column 0 comes first

# %% grade_id="02-by-hand"
by_hand = [[7, 6], [-9, 27], [18, 27]]
