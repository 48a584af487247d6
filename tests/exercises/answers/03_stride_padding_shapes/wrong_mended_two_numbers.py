# loses 03-mended-tests: the paddings are left out
# told: write three layers

# %% grade_id="03-mended"
mended = [(1, 1), (3, 2), (1, 1)]
