# loses 02-diagonal-tests: finds the line from bottom left to top right
# told: the line ╲ through the middle gets no positive answer

# %% grade_id="02-diagonal"
diagonal = [[-1, 0, 1], [0, 0, 0], [1, 0, -1]]
