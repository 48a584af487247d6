# loses 16-features-tests: lets the running statistics follow the batch
# told: You let the running statistics follow the batch

# %% grade_id="16-features"
def frozen_features(x, w, mean, var):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    maps = np.einsum("ncijkl,fckl->nfij", windows, w)
    mean = 0.9 * mean + 0.1 * maps.mean(axis=(0, 2, 3))
    var = 0.9 * var + 0.1 * maps.var(axis=(0, 2, 3))
    normal = (maps - mean[:, None, None]) / np.sqrt(var[:, None, None] + 1e-5)
    return np.maximum(normal, 0).max(axis=(2, 3))
