# loses 01-changed-tests: weights of 0 are counted
# told: windows whose weight on the pixel is 0

# %% grade_id="01-changed"
def outputs_changed(shape, w, i, j):
    (H, W), (KH, KW) = shape, w.shape
    rows = min(i, H - KH) - max(0, i - KH + 1) + 1
    columns = min(j, W - KW) - max(0, j - KW + 1) + 1
    return rows * columns
