# loses 07b-by-hand-tests: u gets its gradient through the ReLU alone
# told: u is used twice

# %% grade_id="07b-by-hand"
by_hand = [15, 15, 45, 65]
