# loses 03-mended-tests: nothing is changed
# told: that is the block as it was

# %% grade_id="03-mended"
mended = [(1, 2, 0), (3, 1, 1), (1, 1, 0)]
