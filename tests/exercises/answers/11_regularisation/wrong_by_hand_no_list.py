# loses 11-by-hand-tests: one number alone
# told: the answer has shape ()

# %% grade_id="11-by-hand"
by_hand = 4
