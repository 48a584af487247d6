# loses 04-blur-tests: rounded to two digits
# told: the weights add up to 0.99

# %% grade_id="04-blur"
blur = [0.11, 0.22, 0.33, 0.22, 0.11]
