# loses 08-by-hand-tests: the changes have the gradient's signs
# told: the changes lead uphill

# %% grade_id="08-by-hand"
by_hand = [-0.9, 0.3, 0.6, -0.1, 0.1, 0.1]
