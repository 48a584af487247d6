# loses 01-horizontal-kernel-tests: beyond the limit by two millionths
# told: 1 is the limit (rule 4)

# %% grade_id="01-horizontal-kernel"
horizontal = [[0.5, 0, 0.5], [-1 - 2e-6, 0, -1 + 2e-6], [0.5 + 2e-6, 0, 0.5 - 2e-6]]
