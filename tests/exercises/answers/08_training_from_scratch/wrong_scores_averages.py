# loses 08-scores-tests: averages the windows
# told: You average the windows

# %% grade_id="08-scores"
def scores(x, w, b, v, c):
    maps = np.maximum(conv2d(x, w, b, padding=1), 0)
    N, F, H, W = maps.shape
    maps = maps.reshape(N, F, H // 2, 2, W // 2, 2).mean(axis=(3, 5))
    return maps.reshape(len(x), -1) @ v.T + c
