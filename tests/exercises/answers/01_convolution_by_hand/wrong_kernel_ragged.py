# loses 01-horizontal-kernel-tests: a weight is forgotten
# told: rows differ in length

# %% grade_id="01-horizontal-kernel"
horizontal = [[-1, -1, -1], [0, 0], [1, 1, 1]]
