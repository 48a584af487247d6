# loses 01-horizontal-kernel-tests: nine numbers in a row
# told: it needs three rows of three numbers

# %% grade_id="01-horizontal-kernel"
horizontal = [-1, -1, -1, 0, 0, 0, 1, 1, 1]
