# loses 07b-only-c-tests: a number beyond 100
# told: at most 100 numbers

# %% grade_id="07b-only-c"
only_c = ([[1]], [[-101]], [[1]], [0])
