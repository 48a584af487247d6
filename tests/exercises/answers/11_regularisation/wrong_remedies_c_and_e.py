# loses 11-remedies-tests: early stopping and decay swapped
# told: early stopping leaves out epochs

# %% grade_id="11-remedies"
remedies = [4, 5, 1, 3, 2]
