# loses 15-by-hand-tests: the signs of the gaps are kept
# told: c: the two gaps must not cancel

# %% grade_id="15-by-hand"
by_hand = [0.35, 0.05, 0.12, 1.443]
