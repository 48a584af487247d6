# loses 10-choose-tests: the best test accuracy of all
# told: best test accuracy of all

# %% grade_id="10-choose"
def choose(right, validation, test):
    best = right[:, validation].sum(axis=1).argmax()
    return np.array([best, right[:, test].mean(axis=1).max()])
