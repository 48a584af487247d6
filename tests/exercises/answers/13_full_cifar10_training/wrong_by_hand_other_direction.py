# loses 13-by-hand-tests: whitens along (1, −1), the first direction that eigh returns
# told: b: that is the coordinate along (1, −1)

# %% grade_id="13-by-hand"
patches = np.array([[8, 6], [0, 2], [-2, 0], [-6, -8]])
variances, directions = np.linalg.eigh(patches.T @ patches / 4)
by_hand = [variances[1], abs(patches[0] @ directions[:, 0]) / variances[0] ** 0.5, 3, 0.875, 100, 3]
