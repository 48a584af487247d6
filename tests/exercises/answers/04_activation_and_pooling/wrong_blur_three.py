# loses 04-blur-tests: three alike are right for the mean, but five weights are asked for
# told: it needs five weights

# %% grade_id="04-blur"
blur = [1 / 3, 1 / 3, 1 / 3]
