# loses 06-review-b-tests: stride 1 divides everything
# told: colleague B is right

# %% grade_id="06-review-b"
against_b = np.arange(9).reshape(1, 1, 3, 3), 1, 1, 1
