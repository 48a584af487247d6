# loses 02-only-a-tests: b is a number
# told: b of shape (F,), but b has shape ()

# %% grade_id="02-only-a"
only_a = [[[1]], [[1]]], [[[[1]], [[1]]]], 1
