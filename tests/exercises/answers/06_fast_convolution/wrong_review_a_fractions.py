# loses 06-review-a-tests: fractions upset another colleague
# told: but that of colleague C as well

# %% grade_id="06-review-a"
against_a = np.arange(6).reshape(1, 1, 2, 3) / 4, 1, 1, 1
