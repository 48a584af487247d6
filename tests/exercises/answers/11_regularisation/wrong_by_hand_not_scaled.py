# loses 11-by-hand-tests: the kept number isn't scaled
# told: multiplied by 1 / (1 − p)

# %% grade_id="11-by-hand"
by_hand = [1, 1.3, 1.9, 1.5, 0.6]
