# loses 11-by-hand-tests: divided by p
# told: divide by 1 − p, not by p

# %% grade_id="11-by-hand"
by_hand = [1 / 0.75, 1.3, 1.9, 1.5, 0.6]
