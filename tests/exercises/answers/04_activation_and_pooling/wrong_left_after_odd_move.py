# loses 04-left-tests: moving along is taken to mend the odd move, too
# told: left:

# %% grade_id="04-left"
left = [[0.6, 0], [1.02, 0]]
