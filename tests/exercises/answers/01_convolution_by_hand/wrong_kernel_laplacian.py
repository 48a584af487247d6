# loses 01-horizontal-kernel-tests: the weights add up to 0, but not in each column
# told: look at the sum of each column

# %% grade_id="01-horizontal-kernel"
horizontal = [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]
