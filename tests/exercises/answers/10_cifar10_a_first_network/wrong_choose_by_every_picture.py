# loses 10-choose-tests: all pictures choose
# told: You let the test pictures take part

# %% grade_id="10-choose"
def choose(right, validation, test):
    best = right.mean(axis=1).argmax()
    return np.array([best, right[best, test].mean()])
