# loses 06-review-b-tests: the windows form a grid of 2 × 1, which upsets another
# told: but that of colleague A as well

# %% grade_id="06-review-b"
against_b = np.arange(12).reshape(1, 2, 3, 2), 1, 1, 2
