# loses 04-only-b-tests: the usual pooling, which it was tried with
# told: draft B is right

# %% grade_id="04-only-b"
only_b = ([[[[1, 2], [3, 4]]]], 2, 2, 0)
