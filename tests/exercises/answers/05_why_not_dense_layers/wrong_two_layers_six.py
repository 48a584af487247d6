# loses 05-two-layers-tests: 3 + 3 pixels along an axis
# told: two layers see 3 + 2 pixels

# %% grade_id="05-two-layers"
two_layers = [16, 64, 36, 9]
