# loses 04-left-tests: lengths, not shares
# told: divide by the length

# %% grade_id="04-left"
left = [[3, 3], [5.1, 0]]
