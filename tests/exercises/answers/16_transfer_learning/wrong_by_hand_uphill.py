# loses 16-by-hand-tests: goes up the gradient
# told: a, b: a step goes *against* the gradient

# %% grade_id="16-by-hand"
by_hand = [-0.25, 0.75, 0.5, 5.5, 5.95, 965]
