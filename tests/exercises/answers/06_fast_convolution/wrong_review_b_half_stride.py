# loses 06-review-b-tests: a stride that is no whole number
# told: whole numbers, 1 or more

# %% grade_id="06-review-b"
against_b = np.arange(9).reshape(1, 1, 3, 3), 1, 1, 1.5
