# loses 16-by-hand-tests: the sum over the pictures
# told: a, b: the loss is the mean over the four pictures

# %% grade_id="16-by-hand"
by_hand = [1, -3, -2, 5.5, 5.95, 965]
