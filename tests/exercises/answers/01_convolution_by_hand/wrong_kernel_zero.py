# loses 01-horizontal-kernel-tests: no weights at all
# told: gets 0, not 1

# %% grade_id="01-horizontal-kernel"
horizontal = np.zeros((3, 3))
