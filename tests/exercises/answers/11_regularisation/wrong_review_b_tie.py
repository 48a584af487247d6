# loses 11-only-b-tests: one random number is p
# told: the bug of draft B shows, but that of draft A as well

# %% grade_id="11-only-b"
only_b = np.array([[5, 6]]), 0.5, np.array([[0.5, 0.9]]), True
