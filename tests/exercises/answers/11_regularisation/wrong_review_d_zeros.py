# loses 11-only-d-tests: zeros stay zeros
# told: on this example draft D is right

# %% grade_id="11-only-d"
only_d = np.zeros((2, 2)), 0.5, np.full((2, 2), 0.9), False
