# loses 06-review-a-tests: the window is missing
# told: write x, KH, KW, stride

# %% grade_id="06-review-a"
against_a = np.arange(6).reshape(1, 1, 2, 3)
