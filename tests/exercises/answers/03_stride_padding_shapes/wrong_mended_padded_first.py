# loses 03-mended-tests: padding in front of the stride
# told: places still reach no output

# %% grade_id="03-mended"
mended = [(1, 2, 2), (3, 1, 0), (1, 1, 0)]
