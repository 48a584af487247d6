# loses 03-sizes-tests: the window takes nothing away in step 1
# told: step 1 has a window of 5, which takes 4 away

# %% grade_id="03-sizes"
sizes = [32, 16, 12, 6, 16 * 6 * 6]
