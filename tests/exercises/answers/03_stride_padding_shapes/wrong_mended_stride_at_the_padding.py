# loses 03-mended-tests: the last row and column are cut off
# told: places still reach no output

# %% grade_id="03-mended"
mended = [(1, 1, 0), (3, 1, 0), (1, 2, 1)]
