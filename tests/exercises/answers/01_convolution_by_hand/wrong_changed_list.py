# loses 01-changed-tests: the places in place of their number
# told: the answer

# %% grade_id="01-changed"
def outputs_changed(shape, w, i, j):
    (H, W), (KH, KW) = shape, w.shape
    return [(u, v) for u, v in np.argwhere(w) if 0 <= i - u <= H - KH and 0 <= j - v <= W - KW]
