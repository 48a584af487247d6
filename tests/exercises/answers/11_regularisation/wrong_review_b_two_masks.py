# loses 11-only-b-tests: the rows have other masks
# told: the bug of draft B shows, but that of draft C as well

# %% grade_id="11-only-b"
only_b = np.array([[5, 6], [7, 8]]), 0.5, np.array([[0.1, 0.9], [0.9, 0.1]]), True
