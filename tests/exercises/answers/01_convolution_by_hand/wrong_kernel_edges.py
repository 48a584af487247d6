# loses 01-horizontal-kernel-tests: the lesson's other detector, which sees every ramp
# told: not 1 (rule 1)

# %% grade_id="01-horizontal-kernel"
horizontal = [[-1, -1, -1], [0, 0, 0], [1, 1, 1]]
