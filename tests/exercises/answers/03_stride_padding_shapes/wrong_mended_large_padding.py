# loses 03-mended-tests: a padding beyond the limit
# told: the padding of layer 1 should be from 0 to 4

# %% grade_id="03-mended"
mended = [(1, 2, 28), (3, 2, 1), (1, 1, 0)]
