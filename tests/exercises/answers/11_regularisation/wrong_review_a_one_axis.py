# loses 11-only-a-tests: one axis
# told: x should have two axes, (N, D), but has 1

# %% grade_id="11-only-a"
only_a = np.array([5, 6]), 0, np.array([0.0, 0.2]), True
