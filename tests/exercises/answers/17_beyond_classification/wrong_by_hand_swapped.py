# loses 17-by-hand-tests: the column before the row
# told: the row comes first

# %% grade_id="17-by-hand"
by_hand = [9 / 45, 4 / 12, 8 / 16, 29 / 75, 3, 4, 1 / 4]
