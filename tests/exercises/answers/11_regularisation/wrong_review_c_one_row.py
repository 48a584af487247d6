# loses 11-only-c-tests: one row has one mask
# told: on this example draft C is right

# %% grade_id="11-only-c"
only_c = np.array([[0, 5]]), 0.5, np.array([[0.9, 0.2]]), True
