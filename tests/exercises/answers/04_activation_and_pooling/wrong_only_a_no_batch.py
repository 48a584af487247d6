# loses 04-only-a-tests: a picture without its batch
# told: x should have the shape

# %% grade_id="04-only-a"
only_a = ([[-1, -2], [-3, -4]], 3, 2, 1)
