# loses 11-remedies-tests: decay and shift swapped
# told: only one of the two was shown digits other than these

# %% grade_id="11-remedies"
remedies = [4, 2, 5, 3, 1]
