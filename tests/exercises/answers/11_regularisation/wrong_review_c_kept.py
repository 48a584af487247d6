# loses 11-only-c-tests: a number other than 0 is kept
# told: the bug of draft C shows, but that of draft B as well

# %% grade_id="11-only-c"
only_c = np.array([[1, 2], [3, 4]]), 0.5, np.array([[0.9, 0.9], [0.2, 0.9]]), True
