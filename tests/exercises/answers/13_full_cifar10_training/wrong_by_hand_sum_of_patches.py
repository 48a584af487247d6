# loses 13-by-hand-tests: adds the patches up and takes no mean
# told: divide by 4

# %% grade_id="13-by-hand"
by_hand = [200, 0.7, 3, 0.875, 100, 3]
