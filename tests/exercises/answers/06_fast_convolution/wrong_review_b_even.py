# loses 06-review-b-tests: a stride that happens to fit
# told: colleague B is right

# %% grade_id="06-review-b"
against_b = np.arange(8).reshape(1, 1, 2, 4), 1, 1, 2
