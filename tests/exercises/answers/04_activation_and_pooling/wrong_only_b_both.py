# loses 04-only-b-tests: a negative picture shows the other bug, too
# told: the bug of draft B shows, but

# %% grade_id="04-only-b"
only_b = ([[[[-1, -2], [-3, -4]]]], 2, 1, 1)
