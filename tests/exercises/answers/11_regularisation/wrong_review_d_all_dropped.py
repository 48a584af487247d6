# loses 11-only-d-tests: p = 1
# told: p should be one number, at least 0 and below 1

# %% grade_id="11-only-d"
only_d = np.array([[5, 6]]), 1, np.array([[0.2, 0.9]]), False
