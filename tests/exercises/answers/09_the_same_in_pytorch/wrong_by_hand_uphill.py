# loses 09-by-hand-tests: adds the gradient
# told: the step goes downhill

# %% grade_id="09-by-hand"
by_hand = [6, 12, 2.2, 10, 4]
