# loses 07b-only-c-tests: two pictures, one open
# told: but that of draft A as well

# %% grade_id="07b-only-c"
only_c = ([[1], [1]], [[1], [-1]], [[1]], [0])
