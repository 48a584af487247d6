# loses 05-two-layers-tests: three ways
# told: three is along one axis

# %% grade_id="05-two-layers"
two_layers = [16, 64, 25, 3]
