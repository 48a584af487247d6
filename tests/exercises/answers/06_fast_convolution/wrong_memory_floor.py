# loses 06-memory-tests: the first window is left out
# told: one more row

# %% grade_id="06-memory"
memory = [295_680, 3_749_760, 4 * 720 * 15 * 20]
