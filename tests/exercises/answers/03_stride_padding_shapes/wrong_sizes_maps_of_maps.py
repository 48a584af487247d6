# loses 03-sizes-tests: 16 maps for each of the 6
# told: step 3 makes 16 maps in all

# %% grade_id="03-sizes"
sizes = [28, 14, 10, 5, 6 * 16 * 25]
