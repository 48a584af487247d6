# loses 02-only-b-tests: a bias, which draft A adds twice
# told: the bug of draft B shows, but that of draft A as well

# %% grade_id="02-only-b"
only_b = [[[1]], [[2]]], [[[[3]], [[4]]]], [1]
