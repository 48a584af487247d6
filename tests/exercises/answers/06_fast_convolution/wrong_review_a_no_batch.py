# loses 06-review-a-tests: a picture without batch and channels
# told: four axes

# %% grade_id="06-review-a"
against_a = np.arange(6).reshape(2, 3), 1, 1, 1
