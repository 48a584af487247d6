# loses 10-choose-tests: takes the first pictures for validation
# told: the first difference is at

# %% grade_id="10-choose"
def choose(right, validation, test):
    kept = len(validation)
    best = right[:, :kept].mean(axis=1).argmax()
    return np.array([best, right[best, kept:].mean()])
