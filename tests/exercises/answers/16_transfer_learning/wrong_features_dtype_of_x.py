# loses 16-features-tests: maps that take the dtype of the pictures
# told: the first difference is at

# %% grade_id="16-features"
def frozen_features(x, w, mean, var):
    N, C, H, W = x.shape
    F, _, KH, KW = w.shape
    maps = np.zeros((N, F, H - KH + 1, W - KW + 1), dtype=x.dtype)
    for i in range(maps.shape[2]):
        for j in range(maps.shape[3]):
            window = x[:, :, i : i + KH, j : j + KW]
            maps[:, :, i, j] = np.tensordot(window, w, axes=([1, 2, 3], [1, 2, 3]))
    normal = (maps - mean[:, None, None]) / np.sqrt(var[:, None, None] + 1e-5)
    return np.maximum(normal, 0).max(axis=(2, 3))
