# loses 04-blur-tests: 1-4-6-4-1, the next blur of this kind after 1-2-1
# told: depends on where a light pixel lies

# %% grade_id="04-blur"
blur = np.array([1, 4, 6, 4, 1]) / 16
