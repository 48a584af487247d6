# loses 04-only-a-tests: more padding than half a window
# told: padding should be from 0

# %% grade_id="04-only-a"
only_a = ([[[[-1, -2], [-3, -4]]]], 2, 2, 2)
