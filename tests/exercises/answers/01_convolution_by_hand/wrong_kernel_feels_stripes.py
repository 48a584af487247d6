# loses 01-horizontal-kernel-tests: answers 0 to an even ramp, but not to every stripe
# told: look at the sum of each column

# %% grade_id="01-horizontal-kernel"
horizontal = [[-1, -1, -1], [0, 0, 0], [2, -1, 2]]
