# loses 10-learn-tests: a linear classifier on the pixels, by least squares
# told: and 68 % are asked for; most often it takes
# %% grade_id="10-learn"
def learn(x, y, new):
    seen, asked = (a.reshape(len(a), -1) / 255 for a in (x, new))
    weights = np.linalg.solve(seen.T @ seen + 100 * np.eye(3072), seen.T @ np.eye(10)[y])
    return (asked @ weights).argmax(axis=1)
