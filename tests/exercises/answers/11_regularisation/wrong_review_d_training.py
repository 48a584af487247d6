# loses 11-only-d-tests: in training draft D is right
# told: on this example draft D is right

# %% grade_id="11-only-d"
only_d = np.array([[5, 6]]), 0.5, np.array([[0.2, 0.9]]), True
