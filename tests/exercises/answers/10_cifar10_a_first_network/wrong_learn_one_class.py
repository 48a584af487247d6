# loses 10-learn-tests: always the most frequent class
# told: it nearly always says admiral
# %% grade_id="10-learn"
def learn(x, y, new):
    return np.full(len(new), np.bincount(y).argmax())
