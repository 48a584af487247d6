# loses 01-changed-tests: fractions are cut to 0
# told: outputs_changed(

# %% grade_id="01-changed"
def outputs_changed(shape, w, i, j):
    (H, W), (KH, KW) = shape, w.shape
    seen = w[max(0, i - (H - KH)) : i + 1, max(0, j - (W - KW)) : j + 1]
    return np.count_nonzero(seen.astype(int))
