# loses 04-pooled-tests: moved to the left
# told: the move goes to the right

# %% grade_id="04-pooled"
pooled = [[3, 4, 0, 0], [4, 0, 0, 0], [4, 0, 0, 3]]
