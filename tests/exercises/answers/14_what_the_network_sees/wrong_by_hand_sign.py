# loses 14-by-hand-tests: takes a drop to be a size
# told: c: the score rises, so the drop is negative

# %% grade_id="14-by-hand"
by_hand = [1, 0, 2, 1, 1, 0]
