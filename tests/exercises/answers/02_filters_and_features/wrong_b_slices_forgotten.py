# loses 02-only-b-tests: the filter has one slice
# told: x has 2 channels, but each filter has 1 slice

# %% grade_id="02-only-b"
only_b = [[[1]], [[2]]], [[[[3]]]], [0]
