# loses 07b-by-hand-tests: a gets its gradient through u alone
# told: a is used twice

# %% grade_id="07b-by-hand"
by_hand = [15, 20, 60, 80]
