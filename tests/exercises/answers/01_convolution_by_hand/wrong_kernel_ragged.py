# loses 01-horizontal-kernel-tests: a weight is forgotten
# told: rows differ in length

# %% grade_id="01-horizontal-kernel"
horizontal = [[0.5, 0, 0.5], [-1, -1], [0.5, 0, 0.5]]
