# loses 02-diagonal-tests: the other diagonal gets nearly as large an answer
# told: the other diagonal ╱ gets as large an answer

# %% grade_id="02-diagonal"
diagonal = [[1, -2, 1], [-2, 4, -2], [1, -2, 1]] + 1e-9 * np.array(
    [[1, 0, -1], [0, 0, 0], [-1, 0, 1]]
)
