# loses 06-memory-tests: the last two in the wrong order
# told: is not right yet

# %% grade_id="06-memory"
memory = [295_680, 967_680, 3_749_760]
