# loses 10-choose-tests: an array of whole numbers
# told: cut to whole numbers

# %% grade_id="10-choose"
def choose(right, validation, test):
    out = np.zeros(2, dtype=int)
    out[0] = right[:, validation].mean(axis=1).argmax()
    out[1] = right[out[0], test].mean()
    return out
