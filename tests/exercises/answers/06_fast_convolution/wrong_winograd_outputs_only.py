# loses 06-winograd-tests: the two outputs, without the products
# told: expected (6,)

# %% grade_id="06-winograd"
winograd = [12, 11]
