# loses 01-changed-tests: row and column of the pixel are exchanged
# told: Row and column of the pixel are exchanged

# %% grade_id="01-changed"
def outputs_changed(shape, w, i, j):
    (H, W), (KH, KW) = shape, w.shape
    i, j = j, i
    count = 0
    for u in range(KH):
        for v in range(KW):
            if w[u, v] != 0 and 0 <= i - u <= H - KH and 0 <= j - v <= W - KW:
                count += 1
    return count
