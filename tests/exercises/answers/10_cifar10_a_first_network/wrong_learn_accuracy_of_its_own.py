# loses 10-learn-tests: names the pictures it has learnt from, one short
# told: one class for each picture of `new`
# %% grade_id="10-learn"
def learn(x, y, new):
    return y[:-1]
