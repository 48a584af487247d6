# loses 02-only-c-tests: what goes on is 0
# told: draft C is right

# %% grade_id="02-only-c"
only_c = [[[1]]], [[[[0]]], [[[5]]]], [2, 3]
