# loses 05-two-layers-tests: nine windows of nine pixels
# told: overlap, and share pixels

# %% grade_id="05-two-layers"
two_layers = [16, 64, 9 * 9, 9]
