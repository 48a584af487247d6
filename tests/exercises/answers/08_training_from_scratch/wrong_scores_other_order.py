# loses 08-scores-tests: flattens with the maps last
# told: You flatten in another order

# %% grade_id="08-scores"
def scores(x, w, b, v, c):
    maps = max_pool2d(np.maximum(conv2d(x, w, b, padding=1), 0), 2)
    return maps.transpose(0, 2, 3, 1).reshape(len(x), -1) @ v.T + c
