# loses 05-depth-tests: each layer adds one pixel
# told: on the left *and* one on the right

# %% grade_id="05-depth"
depth = [224, 7]
