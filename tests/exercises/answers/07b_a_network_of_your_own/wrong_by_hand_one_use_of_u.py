# loses 07b-by-hand-tests: u gets its gradient from the product alone
# told: u is used twice

# %% grade_id="07b-by-hand"
by_hand = [15, 5, 15, 25]
