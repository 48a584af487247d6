# loses 06-memory-tests: a quarter of the windows
# told: count the places

# %% grade_id="06-memory"
memory = [295_680, 3_749_760, 3_749_760 / 4]
