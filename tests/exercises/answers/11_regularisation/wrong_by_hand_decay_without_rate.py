# loses 11-by-hand-tests: weight decay without the rate
# told: by lr · λ · w, not by λ · w

# %% grade_id="11-by-hand"
by_hand = [4, 2 - 0.1 * 7, 2 - 0.1, 2 - 0.1 - 2 * 2, 0.6]
