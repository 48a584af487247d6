# loses 10-by-hand-tests: the deviation of one answer
# told: divide it by √100

# %% grade_id="10-by-hand"
by_hand = [0.8, (0.8 * 0.2) ** 0.5, 12 / 16, 12 / 20, 24 / 30]
