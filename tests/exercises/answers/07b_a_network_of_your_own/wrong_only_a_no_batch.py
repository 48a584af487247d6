# loses 07b-only-a-tests: dout is one row
# told: it needs dout (N, K)

# %% grade_id="07b-only-a"
only_a = ([1], [[1], [1]], [[1]], [1])
