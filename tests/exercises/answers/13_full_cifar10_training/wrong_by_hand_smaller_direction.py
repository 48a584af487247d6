# loses 13-by-hand-tests: takes the first eigenvalue, which is the smaller one
# told: the variance along (1, −1), the smaller one

# %% grade_id="13-by-hand"
patches = np.array([[3, 1], [1, 3], [-3, -1], [-1, -3]])
by_hand = [np.linalg.eigh(patches.T @ patches / 4)[0][0], 1, 3, 0.875, 100, 3]
