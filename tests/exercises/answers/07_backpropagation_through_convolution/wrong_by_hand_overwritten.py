# loses 07-by-hand-tests: the middle pixel gets the last window's share alone
# told: the middle pixel lies in both windows: add up both shares

# %% grade_id="07-by-hand"
by_hand = [3, -1, 2, -1, 1, 1]
