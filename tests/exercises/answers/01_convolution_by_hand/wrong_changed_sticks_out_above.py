# loses 01-changed-tests: windows stick out at the top and on the left
# told: stick out at the top

# %% grade_id="01-changed"
def outputs_changed(shape, w, i, j):
    (H, W), (KH, KW) = shape, w.shape
    return np.count_nonzero(w[max(0, i - (H - KH)) :, max(0, j - (W - KW)) :])
