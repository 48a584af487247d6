# loses 06-memory-tests: numbers instead of bytes
# told: takes 4 bytes

# %% grade_id="06-memory"
memory = [48 * 35 * 44, 720 * 31 * 42, 720 * 16 * 21]
