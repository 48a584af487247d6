# loses 06-review-c-tests: whole numbers are kept
# told: colleague C is right

# %% grade_id="06-review-c"
against_c = [[[[7, 200]]]], 1, 1, 1
