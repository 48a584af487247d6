# loses 08-scores-tests: nothing is cut off at 0
# told: ReLU is missing

# %% grade_id="08-scores"
def scores(x, w, b, v, c):
    maps = max_pool2d(conv2d(x, w, b, padding=1), 2)
    return maps.reshape(len(x), -1) @ v.T + c
