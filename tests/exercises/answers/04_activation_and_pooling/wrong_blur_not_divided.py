# loses 04-blur-tests: the weights add up to 9
# told: the weights add up to 9

# %% grade_id="04-blur"
blur = [1, 2, 3, 2, 1]
