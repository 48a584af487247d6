# loses 03-mended-tests: text instead of numbers
# told: write three layers

# %% grade_id="03-mended"
mended = '1, 1, 0'
