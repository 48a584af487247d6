# loses 02-only-a-tests: a bias of 0
# told: draft A is right

# %% grade_id="02-only-a"
only_a = [[[1]], [[1]]], [[[[1]], [[1]]]], [0]
