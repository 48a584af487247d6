# loses 05-depth-tests: each layer adds three pixels
# told: a second layer of 3 × 3 doesn't add 3 pixels

# %% grade_id="05-depth"
depth = [75, 7]
