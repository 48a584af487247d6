# loses 06-review-a-tests: a picture of 15 pixels
# told: 1 to 12 numbers

# %% grade_id="06-review-a"
against_a = np.arange(15).reshape(1, 1, 3, 5), 1, 1, 1
