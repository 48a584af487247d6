# loses 10-learn-tests: returns the scores, not the classes
# told: it returned 10 scores for each picture
# %% grade_id="10-learn"
def learn(x, y, new):
    means = np.array([x[y == k].mean(axis=(0, 2, 3)) for k in range(10)])
    return -((new.mean(axis=(2, 3))[:, None] - means) ** 2).sum(axis=2)
