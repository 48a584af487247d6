# loses 01-horizontal-kernel-tests: right for a step, but it sees every ramp
# told: an even ramp get 2, not 0 (rule 2)

# %% grade_id="01-horizontal-kernel"
horizontal = [[-1 / 3] * 3, [0] * 3, [1 / 3] * 3]
