# loses 10-choose-tests: the end of a sorted list
# told: the first difference is at [0]

# %% grade_id="10-choose"
def choose(right, validation, test):
    best = np.argsort(right[:, validation].mean(axis=1))[-1]
    return np.array([best, right[best, test].mean()])
