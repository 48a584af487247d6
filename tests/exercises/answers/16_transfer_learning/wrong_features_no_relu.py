# loses 16-features-tests: forgets the ReLU
# told: The ReLU is missing

# %% grade_id="16-features"
def frozen_features(x, w, mean, var):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    maps = np.einsum("ncijkl,fckl->nfij", windows, w)
    normal = (maps - mean[:, None, None]) / np.sqrt(var[:, None, None] + 1e-5)
    return np.array([[m.max() for m in maps] for maps in normal])
