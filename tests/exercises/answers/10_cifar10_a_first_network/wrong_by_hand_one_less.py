# loses 10-by-hand-tests: divided by 99
# told: the value at [1]

# %% grade_id="10-by-hand"
by_hand = [0.8, (0.8 * 0.2 / 99) ** 0.5, 0.75, 0.6, 0.8]
