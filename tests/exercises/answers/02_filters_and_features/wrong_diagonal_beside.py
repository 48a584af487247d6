# loses 02-diagonal-tests: answers most strongly beside the line
# told: a window beside the line ╲ gets a larger answer

# %% grade_id="02-diagonal"
diagonal = [[0, 5, -5], [-1, 0, 1], [1, -5, 4]]
