# loses 03-sizes-tests: the padding is counted on one side
# told: step 1 has padding 2 on both sides: it adds 4 in all

# %% grade_id="03-sizes"
sizes = [26, 13, 9, 4, 256]
