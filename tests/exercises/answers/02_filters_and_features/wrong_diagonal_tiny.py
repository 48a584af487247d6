# loses 02-diagonal-tests: so weak that its answers to stripes are nearly 0
# told: it answers to a change from left to right

# %% grade_id="02-diagonal"
diagonal = [[1e-10, 0, 0], [0, 1e-10, 0], [0, 0, 1e-10]]
