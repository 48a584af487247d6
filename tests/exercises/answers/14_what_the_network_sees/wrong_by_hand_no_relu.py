# loses 14-by-hand-tests: leaves a negative number in Grad-CAM's map
# told: f: the ReLU comes last

# %% grade_id="14-by-hand"
by_hand = [1, 0, -2, 1, 1, -4]
