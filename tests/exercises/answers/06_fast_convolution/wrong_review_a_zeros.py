# loses 06-review-a-tests: all pixels are equal to what the array held before
# told: colleague A is right

# %% grade_id="06-review-a"
against_a = np.zeros((1, 1, 2, 3)), 1, 1, 1
