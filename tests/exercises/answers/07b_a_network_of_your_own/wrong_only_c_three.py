# loses 07b-only-c-tests: three parts
# told: write a tuple of four

# %% grade_id="07b-only-c"
only_c = ([[1]], [[-1]], [[1]])
