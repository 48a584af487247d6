# loses 05-counts-tests: the biases count as multiplications
# told: a bias is added

# %% grade_id="05-counts"
counts = [7850, 336, 336 * 1024]
