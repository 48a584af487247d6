# loses 03-sizes-tests: the padding of the first layer is forgotten
# told: step 1 has padding 2 on both sides

# %% grade_id="03-sizes"
sizes = [24, 12, 8, 4, 256]
