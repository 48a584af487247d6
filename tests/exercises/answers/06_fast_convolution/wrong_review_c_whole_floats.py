# loses 06-review-c-tests: floats that are whole
# told: colleague C is right

# %% grade_id="06-review-c"
against_c = [[[[1.0, -2.0]]]], 1, 2, 1
