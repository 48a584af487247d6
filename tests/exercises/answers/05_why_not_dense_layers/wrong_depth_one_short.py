# loses 05-depth-tests: 111 layers see 223 pixels
# told: a unit sees 1 + 2 · 111 = 223 pixels

# %% grade_id="05-depth"
depth = [111, 7]
