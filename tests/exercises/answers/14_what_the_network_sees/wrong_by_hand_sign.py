# loses 14-by-hand-tests: takes a drop to be a size

# %% grade_id="14-by-hand"
by_hand = [1, 0, 2, 1, 1, 0]
