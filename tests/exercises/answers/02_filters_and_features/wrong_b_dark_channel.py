# loses 02-only-b-tests: the channel whose slice is lost is black
# told: draft B is right

# %% grade_id="02-only-b"
only_b = [[[1]], [[0]]], [[[[3]], [[4]]]], [0]
