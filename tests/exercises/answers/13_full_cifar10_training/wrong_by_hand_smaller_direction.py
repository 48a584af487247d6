# loses 13-by-hand-tests: takes the first eigenvalue, which is the smaller one
# told: the variance along (1, −1), the smaller one

# %% grade_id="13-by-hand"
patches = np.array([[8, 6], [0, 2], [-2, 0], [-6, -8]])
by_hand = [np.linalg.eigh(patches.T @ patches / 4)[0][0], 1.4, 3, 0.875, 100, 3]
