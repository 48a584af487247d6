# loses 09-by-hand-tests: takes a step by the last gradient alone
# told: the step takes the whole gradient

# %% grade_id="09-by-hand"
by_hand = [6, 12, 0.4, -2, 4]
