# loses 06-memory-tests: columns of one channel
# told: all 48 channels

# %% grade_id="06-memory"
memory = [4 * 48 * 35 * 44, 4 * 15 * 31 * 42, 4 * 15 * 16 * 21]
