# loses 04-pooled-tests: means, not maxima
# told: those are the means

# %% grade_id="04-pooled"
pooled = [[1.5, 2, 0, 0], [0, 3.5, 0, 0], [0, 1.5, 2, 0]]
