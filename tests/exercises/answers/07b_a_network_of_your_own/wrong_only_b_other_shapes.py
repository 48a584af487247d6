# loses 07b-only-b-tests: two biases for one unit
# told: it needs dout (N, K)

# %% grade_id="07b-only-b"
only_b = ([[1]], [[-1]], [[1]], [2, 2])
