# loses 04-only-b-tests: three parts in place of four
# told: a tuple of four

# %% grade_id="04-only-b"
only_b = ([[[[1, 2], [3, 4]]]], 2, 0)
