# loses 05-two-layers-tests: columns before rows
# told: rows (outputs), then columns

# %% grade_id="05-two-layers"
two_layers = [64, 16, 25, 9]
