# loses 05-two-layers-tests: the second layer's shape
# told: the second layer's matrix

# %% grade_id="05-two-layers"
two_layers = [16, 36, 25, 9]
