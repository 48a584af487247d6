# loses 02-only-b-tests: x has no axis for channels
# told: but x has shape (2, 2)

# %% grade_id="02-only-b"
only_b = [[1, 2], [3, 4]], [[[[3]]]], [0]
