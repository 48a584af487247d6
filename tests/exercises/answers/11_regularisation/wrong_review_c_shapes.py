# loses 11-only-c-tests: one random number for two rows
# told: u has shape (1, 2), and x has (2, 2)

# %% grade_id="11-only-c"
only_c = np.array([[0, 0], [5, 0]]), 0.5, np.array([[0.9, 0.9]]), True
