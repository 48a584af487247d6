# loses 05-two-layers-tests: a window of 3 × 3
# told: windows, which overlap

# %% grade_id="05-two-layers"
two_layers = [16, 64, 9, 9]
