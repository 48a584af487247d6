# loses 04-by-hand-tests: sums in place of means
# told: the mean is the sum divided by 4

# %% grade_id="04-by-hand"
by_hand = [[[-1, 7], [5, -1]], [[-12, 12], [4, -12]], [[0, 12], [8, 0]]]
