# loses 04-only-b-tests: the window doesn't fit
# told: doesn't fit

# %% grade_id="04-only-b"
only_b = ([[[[1, 2], [3, 4]]]], 3, 1, 0)
