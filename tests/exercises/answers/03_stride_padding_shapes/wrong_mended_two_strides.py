# loses 03-mended-tests: both strides at once
# told: gives maps of 14×14

# %% grade_id="03-mended"
mended = [(1, 2, 0), (3, 2, 1), (1, 1, 0)]
