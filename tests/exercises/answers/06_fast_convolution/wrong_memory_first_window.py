# loses 06-memory-tests: the first windows are left out, with both strides
# told: there is one more row and one more column of windows

# %% grade_id="06-memory"
memory = [295_680, 4 * 720 * (35 - 5) * (44 - 3), 4 * 720 * (30 // 2) * (41 // 2)]
