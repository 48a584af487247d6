# loses 06-memory-tests: 8 bytes for each number
# told: not 8

# %% grade_id="06-memory"
memory = [8 * 48 * 35 * 44, 8 * 720 * 31 * 42, 8 * 720 * 16 * 21]
