# loses 04-pooled-tests: the pooled row is moved, not the pixels
# told: you moved the pooled map

# %% grade_id="04-pooled"
pooled = [[3, 4, 0, 0], [0, 3, 4, 0], [0, 0, 3, 4]]
