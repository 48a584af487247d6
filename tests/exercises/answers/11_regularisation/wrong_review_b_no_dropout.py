# loses 11-only-b-tests: with p = 0 there is nothing to scale
# told: on this example draft B is right

# %% grade_id="11-only-b"
only_b = np.array([[5, 6]]), 0, np.array([[0.1, 0.2]]), True
