# loses 01-horizontal-kernel-tests: finds vertical edges
# told: look at the sum of each column

# %% grade_id="01-horizontal-kernel"
horizontal = [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]
