# loses 05-two-layers-tests: all weights are one
# told: several ways lead

# %% grade_id="05-two-layers"
two_layers = [16, 64, 25, 1]
