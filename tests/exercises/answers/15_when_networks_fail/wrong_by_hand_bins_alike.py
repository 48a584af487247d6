# loses 15-by-hand-tests: both bins count the same
# told: c: weight each bin by how many answers it holds

# %% grade_id="15-by-hand"
by_hand = [0.35, 0.05, 0.45, 1.443]
