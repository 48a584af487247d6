# loses 04-only-a-tests: no negative number, so the zeros never win
# told: draft A is right

# %% grade_id="04-only-a"
only_a = ([[[[1, 2], [3, 4]]]], 3, 2, 1)
