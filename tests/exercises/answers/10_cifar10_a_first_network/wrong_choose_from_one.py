# loses 10-choose-tests: networks counted from 1
# told: Count the networks from 0

# %% grade_id="10-choose"
def choose(right, validation, test):
    best = right[:, validation].mean(axis=1).argmax()
    return np.array([best + 1, right[best, test].mean()])
