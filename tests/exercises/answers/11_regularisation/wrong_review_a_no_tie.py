# loses 11-only-a-tests: no random number is p
# told: on this example draft A is right

# %% grade_id="11-only-a"
only_a = np.array([[5, 6]]), 0.0, np.array([[0.1, 0.2]]), True
