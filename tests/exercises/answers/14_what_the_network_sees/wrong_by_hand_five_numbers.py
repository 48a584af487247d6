# loses 14-by-hand-tests: forgets the last number
# told: shape

# %% grade_id="14-by-hand"
by_hand = [1, 0, -2, 1, 1]
