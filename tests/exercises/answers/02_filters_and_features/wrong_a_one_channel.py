# loses 02-only-a-tests: one channel: the bias is added once
# told: draft A is right

# %% grade_id="02-only-a"
only_a = [[[3]]], [[[[2]]]], [0.5]
