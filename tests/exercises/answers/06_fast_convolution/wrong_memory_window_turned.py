# loses 06-memory-tests: windows 3 high and 5 wide
# told: KH and KW are swapped

# %% grade_id="06-memory"
memory = [295_680, 4 * 720 * (35 - 2) * (44 - 4), 4 * 720 * 17 * 20]
