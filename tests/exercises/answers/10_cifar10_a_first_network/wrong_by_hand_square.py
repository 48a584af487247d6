# loses 10-by-hand-tests: the variance of the accuracy
# told: square of the standard error

# %% grade_id="10-by-hand"
by_hand = [0.8, 0.8 * 0.2 / 100, 12 / 16, 12 / 20, 24 / 30]
