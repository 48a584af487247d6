# loses 11-remedies-tests: shift and smoothing swapped
# told: a target that is merely softer

# %% grade_id="11-remedies"
remedies = [5, 4, 2, 3, 1]
