# loses 11-by-hand-tests: the half is forgotten
# told: λ w, not 2 λ w

# %% grade_id="11-by-hand"
by_hand = [4, 2 - 0.1 * (3 + 2 * 2 * 2), 1.9, 1.5, 0.6]
