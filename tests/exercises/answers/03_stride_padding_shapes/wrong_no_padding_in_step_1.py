# loses 03-sizes-tests: the padding of the first layer is forgotten

# %% grade_id="03-sizes"
sizes = [24, 12, 8, 4, 256]
