# loses 01-horizontal-kernel-tests: above minus below
# told: its signs are the wrong way round

# %% grade_id="01-horizontal-kernel"
horizontal = [[1, 1, 1], [0, 0, 0], [-1, -1, -1]]
