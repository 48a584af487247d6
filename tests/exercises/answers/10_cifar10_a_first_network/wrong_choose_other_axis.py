# loses 10-choose-tests: the mean over the networks
# told: the first difference is at

# %% grade_id="10-choose"
def choose(right, validation, test):
    best = right[:, validation].mean(axis=0).argmax() % len(right)
    return np.array([best, right[best, test].mean()])
