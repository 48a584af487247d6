# loses 16-features-tests: an answer that takes the dtype of the filters
# told: Your result was cut to whole numbers

# %% grade_id="16-features"
def frozen_features(x, w, mean, var):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    maps = np.einsum("ncijkl,fckl->nfij", windows, w)
    out = np.zeros((len(x), len(w)), dtype=w.dtype)
    normal = (maps - mean[:, None, None]) / np.sqrt(var[:, None, None] + 1e-5)
    out[...] = np.maximum(normal, 0).max(axis=(2, 3))
    return out
