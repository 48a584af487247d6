# loses 05-depth-tests: six layers, 127 pixels
# told: six layers see 127 pixels

# %% grade_id="05-depth"
depth = [112, 6]
