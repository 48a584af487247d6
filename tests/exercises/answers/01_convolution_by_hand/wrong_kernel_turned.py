# loses 01-horizontal-kernel-tests: the same for columns
# told: look at the sum of each column

# %% grade_id="01-horizontal-kernel"
horizontal = np.transpose([[0.5, 0, 0.5], [-1, 0, -1], [0.5, 0, 0.5]])
