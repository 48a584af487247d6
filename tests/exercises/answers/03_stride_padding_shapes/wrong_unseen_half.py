# loses 03-unseen-tests: rows alone
# told: every second row is left out

# %% grade_id="03-unseen"
unseen = 56 * 56 // 2
