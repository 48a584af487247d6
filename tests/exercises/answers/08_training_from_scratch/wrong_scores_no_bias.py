# loses 08-scores-tests: the dense layer has no biases
# told: The biases c are missing

# %% grade_id="08-scores"
def scores(x, w, b, v, c):
    maps = max_pool2d(np.maximum(conv2d(x, w, b, padding=1), 0), 2)
    return maps.reshape(len(x), -1) @ v.T
