# loses 07b-only-b-tests: the bias shuts the ReLU
# told: but that of draft C as well

# %% grade_id="07b-only-b"
only_b = ([[1]], [[1]], [[1]], [-2])
