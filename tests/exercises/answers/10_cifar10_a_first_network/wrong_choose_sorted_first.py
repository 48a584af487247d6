# loses 10-choose-tests: the start of a list sorted by a sort that isn't stable
# told: the first difference is at [0]

# %% grade_id="10-choose"
def choose(right, validation, test):
    best = np.argsort(-right[:, validation].mean(axis=1))[0]
    return np.array([best, right[best, test].mean()])
