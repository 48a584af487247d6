# loses 07b-only-a-tests: two pictures, one of which is shut by the ReLU
# told: but that of draft C as well

# %% grade_id="07b-only-a"
only_a = ([[1], [1]], [[1], [-1]], [[1]], [0])
