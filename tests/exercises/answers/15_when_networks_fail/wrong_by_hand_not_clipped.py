# loses 15-by-hand-tests: the middle pixel ends at 1.05
# told: b: a pixel can't exceed 1

# %% grade_id="15-by-hand"
by_hand = [0.35, 0.0, 0.36, 1.443]
