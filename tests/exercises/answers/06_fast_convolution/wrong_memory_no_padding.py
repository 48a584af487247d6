# loses 06-memory-tests: the padding is forgotten
# told: the padding

# %% grade_id="06-memory"
memory = [4 * 48 * 31 * 40, 4 * 720 * 27 * 38, 4 * 720 * 14 * 19]
