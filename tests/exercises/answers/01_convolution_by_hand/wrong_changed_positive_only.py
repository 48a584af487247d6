# loses 01-changed-tests: negative weights are forgotten
# told: You counted positive weights only

# %% grade_id="01-changed"
def outputs_changed(shape, w, i, j):
    (H, W), (KH, KW) = shape, w.shape
    seen = w[max(0, i - (H - KH)) : i + 1, max(0, j - (W - KW)) : j + 1]
    return int((seen > 0).sum())
