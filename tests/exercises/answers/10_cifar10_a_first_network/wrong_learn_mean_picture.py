# loses 10-learn-tests: the class whose mean picture is nearest
# told: and 68 % are asked for; most often it takes
# %% grade_id="10-learn"
def learn(x, y, new):
    means = np.array([x[y == k].mean(axis=0) for k in range(10)])
    return np.array([((picture - means) ** 2).sum(axis=(1, 2, 3)).argmin() for picture in new])
