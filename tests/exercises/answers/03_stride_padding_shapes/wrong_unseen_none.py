# loses 03-unseen-tests: the 3×3 window is thought to see all
# told: layer 1 has a window of 1

# %% grade_id="03-unseen"
unseen = 0
