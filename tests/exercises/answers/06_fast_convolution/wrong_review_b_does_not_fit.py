# loses 06-review-b-tests: a window larger than the picture
# told: doesn't fit

# %% grade_id="06-review-b"
against_b = np.arange(9).reshape(1, 1, 3, 3), 4, 1, 2
