# loses 11-only-d-tests: with p = 0 the scale is 1
# told: on this example draft D is right

# %% grade_id="11-only-d"
only_d = np.array([[5, 6]]), 0, np.array([[0.2, 0.9]]), False
