# loses 01-horizontal-kernel-tests: thirds with three digits
# told: gets 1.002, not 1

# %% grade_id="01-horizontal-kernel"
horizontal = [[0.333] * 3, [-0.667] * 3, [0.334] * 3]
