# loses 10-choose-tests: the worst network
# told: You chose the worst network

# %% grade_id="10-choose"
def choose(right, validation, test):
    best = right[:, validation].mean(axis=1).argmin()
    return np.array([best, right[best, test].mean()])
