# loses 06-memory-tests: half as many windows
# told: half as many rows

# %% grade_id="06-memory"
memory = [295_680, 3_749_760, 3_749_760 // 2]
