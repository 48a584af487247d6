# loses 09-by-hand-tests: takes backward() to overwrite the gradient
# told: the second backward() adds to the gradient

# %% grade_id="09-by-hand"
by_hand = [6, 6, 0.4, -2, 4]
