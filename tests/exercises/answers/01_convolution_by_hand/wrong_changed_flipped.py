# loses 01-changed-tests: the pixel at the top left meets the last weight
# told: The kernel is flipped

# %% grade_id="01-changed"
def outputs_changed(shape, w, i, j):
    (H, W), (KH, KW) = shape, w.shape
    seen = w[::-1, ::-1][max(0, i - (H - KH)) : i + 1, max(0, j - (W - KW)) : j + 1]
    return np.count_nonzero(seen)
