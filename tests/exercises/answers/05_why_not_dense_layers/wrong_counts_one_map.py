# loses 05-counts-tests: the work for one of the 12 maps
# told: there are 12 of them

# %% grade_id="05-counts"
counts = [7850, 336, 27 * 32 * 32]
