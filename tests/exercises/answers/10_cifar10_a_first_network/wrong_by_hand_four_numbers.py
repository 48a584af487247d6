# loses 10-by-hand-tests: a number is missing
# told: the answer has shape (4,)

# %% grade_id="10-by-hand"
by_hand = [0.8, 0.04, 0.75, 0.6]
