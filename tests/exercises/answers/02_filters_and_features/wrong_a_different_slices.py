# loses 02-only-a-tests: draft B uses the first slice twice
# told: the bug of draft A shows, but that of draft B as well

# %% grade_id="02-only-a"
only_a = [[[1]], [[1]]], [[[[1]], [[2]]]], [1]
