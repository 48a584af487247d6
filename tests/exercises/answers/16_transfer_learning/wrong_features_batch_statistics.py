# loses 16-features-tests: normalises by the batch, as in training mode
# told: You normalise by the batch's own mean and variance

# %% grade_id="16-features"
def frozen_features(x, w, mean, var):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    maps = np.einsum("ncijkl,fckl->nfij", windows, w)
    mean, var = maps.mean(axis=(0, 2, 3)), maps.var(axis=(0, 2, 3))
    normal = (maps - mean[:, None, None]) / np.sqrt(var[:, None, None] + 1e-5)
    return np.array([[np.maximum(m, 0).max() for m in maps] for maps in normal])
