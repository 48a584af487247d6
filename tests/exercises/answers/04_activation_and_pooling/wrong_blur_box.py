# loses 04-blur-tests: all five alike
# told: depends on where a light pixel lies

# %% grade_id="04-blur"
blur = [0.2] * 5
