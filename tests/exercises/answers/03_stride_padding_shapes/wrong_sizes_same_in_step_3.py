# loses 03-sizes-tests: step 3 is padded, too
# told: step 3 has no padding

# %% grade_id="03-sizes"
sizes = [28, 14, 14, 7, 784]
