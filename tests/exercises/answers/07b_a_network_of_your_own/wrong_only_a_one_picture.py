# loses 07b-only-a-tests: one picture
# told: on this example draft A is right

# %% grade_id="07b-only-a"
only_a = ([[1]], [[1]], [[1]], [1])
