# loses 16-features-tests: divides by the variance
# told: Divide by the standard deviation

# %% grade_id="16-features"
def frozen_features(x, w, mean, var):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    maps = np.einsum("ncijkl,fckl->nfij", windows, w)
    normal = (maps - mean[:, None, None]) / (var[:, None, None] + 1e-5)
    return np.maximum(normal, 0).max(axis=(2, 3))
