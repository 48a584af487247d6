# loses 05-counts-tests: a filter looks at one channel only
# told: a table of 3 × 3 weights for every channel

# %% grade_id="05-counts"
counts = [28 * 28 * 10 + 10, 12 * 9 + 12, 12 * 9 * 32 * 32]
