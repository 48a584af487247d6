# loses 01-horizontal-kernel-tests: finds vertical edges

# %% grade_id="01-horizontal-kernel"
horizontal = [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]
