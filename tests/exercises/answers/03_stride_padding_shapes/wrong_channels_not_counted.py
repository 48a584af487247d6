# loses 03-sizes-tests: flattening counts one map
# told: flattening counts the numbers of all 16 maps

# %% grade_id="03-sizes"
sizes = [28, 14, 10, 5, 25]
