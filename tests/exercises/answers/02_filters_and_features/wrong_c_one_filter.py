# loses 02-only-c-tests: one filter: nothing goes on
# told: draft C is right

# %% grade_id="02-only-c"
only_c = [[[1]]], [[[[5]]]], [2]
