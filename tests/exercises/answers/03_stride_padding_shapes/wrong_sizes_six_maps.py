# loses 03-sizes-tests: the maps of step 1 are counted
# told: flattening counts the 16 maps of step 3

# %% grade_id="03-sizes"
sizes = [28, 14, 10, 5, 6 * 25]
