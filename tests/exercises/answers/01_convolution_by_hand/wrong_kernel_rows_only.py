# loses 01-horizontal-kernel-tests: the sums of the rows are right, those of the columns are not
# told: look at the sum of each column

# %% grade_id="01-horizontal-kernel"
horizontal = [[1, 0, 0], [-1, -1, 0], [0, 0, 1]]
