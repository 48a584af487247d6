# loses 03-mended-tests: nothing makes the maps smaller
# told: gives maps of 56×56

# %% grade_id="03-mended"
mended = [(1, 1, 0), (3, 1, 1), (1, 1, 0)]
