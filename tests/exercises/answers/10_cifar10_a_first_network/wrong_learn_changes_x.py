# loses 10-learn-tests: turns the pictures round in place
# told: changed what it was given
# %% grade_id="10-learn"
def learn(x, y, new):
    x[:] = 255 - x
    return np.zeros(len(new), int)
