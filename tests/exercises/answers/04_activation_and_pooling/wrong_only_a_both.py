# loses 04-only-a-tests: windows of 2×2 with padding: the other draft makes too few
# told: the bug of draft A shows, but

# %% grade_id="04-only-a"
only_a = ([[[[-1, -2], [-3, -4]]]], 2, 2, 1)
