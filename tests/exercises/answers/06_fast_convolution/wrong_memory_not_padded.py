# loses 06-memory-tests: the picture as it was given
# told: *padded*

# %% grade_id="06-memory"
memory = [4 * 48 * 31 * 40, 3_749_760, 967_680]
