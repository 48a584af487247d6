# loses 14-by-hand-tests: adds the gradients up
# told: not its sum

# %% grade_id="14-by-hand"
by_hand = [1, 0, -2, 1, 4 * 2 - 4 * 1, 0]
