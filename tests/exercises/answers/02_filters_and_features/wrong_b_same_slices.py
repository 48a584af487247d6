# loses 02-only-b-tests: slices that are equal
# told: draft B is right

# %% grade_id="02-only-b"
only_b = [[[1]], [[2]]], [[[[3]], [[3]]]], [0]
