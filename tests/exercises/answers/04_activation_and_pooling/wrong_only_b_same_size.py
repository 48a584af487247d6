# loses 04-only-b-tests: 3×3 with stride 1 and padding 1 keeps the size, as draft B does
# told: draft B is right

# %% grade_id="04-only-b"
only_b = ([[[[1, 2], [3, 4]]]], 3, 1, 1)
