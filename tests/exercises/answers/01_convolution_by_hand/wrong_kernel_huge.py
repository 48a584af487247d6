# loses 01-horizontal-kernel-tests: so strong that sums overflow
# told: look at the sum of each column

# %% grade_id="01-horizontal-kernel"
horizontal = [[1e308] * 3] * 3
