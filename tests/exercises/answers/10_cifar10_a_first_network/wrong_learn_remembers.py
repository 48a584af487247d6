# loses 10-learn-tests: only knows pictures again that it has learnt from
# told: it nearly always says admiral
# %% grade_id="10-learn"
def learn(x, y, new):
    known = {picture.tobytes(): label for picture, label in zip(x, y)}
    return np.array([known.get(picture.tobytes(), 0) for picture in new])
