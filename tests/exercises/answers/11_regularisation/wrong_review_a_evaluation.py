# loses 11-only-a-tests: in evaluation there is no mask
# told: on this example draft A is right

# %% grade_id="11-only-a"
only_a = np.array([[5, 6]]), 0, np.array([[0.0, 0.2]]), False
