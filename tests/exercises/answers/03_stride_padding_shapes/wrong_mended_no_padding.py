# loses 03-mended-tests: one row is missing at the end
# told: gives maps of 27×27

# %% grade_id="03-mended"
mended = [(1, 1, 0), (3, 2, 0), (1, 1, 0)]
