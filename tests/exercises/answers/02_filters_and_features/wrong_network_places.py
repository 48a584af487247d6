# loses 02-network-tests: rows of the board: only faces in one place
# told: faces are right, and 96 % are asked for

# %% grade_id="02-network"
board = -np.ones((2, 12))
board[0, [4, 7]] = board[1, [5, 6]] = 1
network = [board, board[::-1]]
