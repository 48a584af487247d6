# loses 11-remedies-tests: dropout and smoothing swapped
# told: A's loss is high although all digits are right in training

# %% grade_id="11-remedies"
remedies = [3, 5, 2, 4, 1]
