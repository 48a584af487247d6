# loses 01-horizontal-kernel-tests: nine numbers in a row
# told: it needs three rows of three numbers

# %% grade_id="01-horizontal-kernel"
horizontal = [0.5, 0, 0.5, -1, 0, -1, 0.5, 0, 0.5]
