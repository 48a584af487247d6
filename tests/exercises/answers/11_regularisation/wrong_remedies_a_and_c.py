# loses 11-remedies-tests: decay and smoothing swapped
# told: one of the two was trained with another loss

# %% grade_id="11-remedies"
remedies = [2, 5, 4, 3, 1]
