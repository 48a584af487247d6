# loses 05-two-layers-tests: the first layer's shape
# told: the first layer's matrix

# %% grade_id="05-two-layers"
two_layers = [36, 64, 25, 9]
