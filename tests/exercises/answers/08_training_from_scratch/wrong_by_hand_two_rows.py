# loses 08-by-hand-tests: two rows of three numbers
# told: the answer has shape (2, 3), expected (6,)

# %% grade_id="08-by-hand"
by_hand = [[-0.9, 0.3, 0.6], [0.1, -0.1, -0.1]]
