# loses 05-counts-tests: the biases are forgotten
# told: the biases are missing

# %% grade_id="05-counts"
counts = [7840, 324, 331776]
