# loses 04-only-a-tests: no padding, so there are no zeros
# told: draft A is right

# %% grade_id="04-only-a"
only_a = ([[[[-1, -2], [-3, -4]]]], 2, 2, 0)
