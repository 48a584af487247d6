# loses 08-learn-tests: always says the class that is there most often
# told: A network that works learns them by heart

# %% grade_id="08-learn"
def learn(x, y, seed):
    return [np.zeros((1, 1, 3, 3)), np.zeros(1), np.zeros((10, 16)), np.eye(10)[np.bincount(y).argmax()]]
