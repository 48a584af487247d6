# loses 01-horizontal-kernel-tests: inf and nan are no weights
# told: horizontal: its weights should be finite numbers

# %% grade_id="01-horizontal-kernel"
horizontal = [[-np.inf] * 3, [np.nan] * 3, [np.inf] * 3]
