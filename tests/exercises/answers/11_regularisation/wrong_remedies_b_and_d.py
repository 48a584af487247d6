# loses 11-remedies-tests: dropout and shift swapped
# told: Only one of them answers differently when asked twice

# %% grade_id="11-remedies"
remedies = [4, 3, 2, 5, 1]
