# loses 01-horizontal-kernel-tests: above minus below

# %% grade_id="01-horizontal-kernel"
horizontal = [[1, 1, 1], [0, 0, 0], [-1, -1, -1]]
