# loses 08-scores-tests: the scores go through a ReLU as well
# told: There is a ReLU too many

# %% grade_id="08-scores"
def scores(x, w, b, v, c):
    maps = max_pool2d(np.maximum(conv2d(x, w, b, padding=1), 0), 2)
    return np.maximum(maps.reshape(len(x), -1) @ v.T + c, 0)
