# loses 01-horizontal-kernel-tests: no weights at all
# told: all its weights are 0

# %% grade_id="01-horizontal-kernel"
horizontal = np.zeros((3, 3))
