# loses 10-choose-tests: reports the accuracy by which it was chosen
# told: accuracy on the validation pictures, by which

# %% grade_id="10-choose"
def choose(right, validation, test):
    accuracy = right[:, validation].mean(axis=1)
    return np.array([accuracy.argmax(), accuracy.max()])
