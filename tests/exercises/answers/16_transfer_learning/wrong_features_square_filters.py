# loses 16-features-tests: takes the filters for squares
# told: stopped with

# %% grade_id="16-features"
def frozen_features(x, w, mean, var):
    K = w.shape[2]
    windows = np.lib.stride_tricks.sliding_window_view(x, (K, K), axis=(2, 3))
    maps = np.einsum("ncijkl,fckl->nfij", windows, w)
    normal = (maps - mean[:, None, None]) / np.sqrt(var[:, None, None] + 1e-5)
    return np.maximum(normal, 0).max(axis=(2, 3))
