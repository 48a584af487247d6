# loses 11-only-a-tests: with p above 0 forgetting to scale shows as well
# told: the bug of draft A shows, but that of draft B as well

# %% grade_id="11-only-a"
only_a = np.array([[5, 6]]), 0.5, np.array([[0.5, 0.2]]), True
