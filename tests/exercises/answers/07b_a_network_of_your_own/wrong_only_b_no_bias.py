# loses 07b-only-b-tests: the biases are 0
# told: on this example draft B is right

# %% grade_id="07b-only-b"
only_b = ([[1]], [[1]], [[1]], [0])
