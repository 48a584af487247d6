# loses 01-changed-tests: the last windows are forgotten
# told: You left the last windows out

# %% grade_id="01-changed"
def outputs_changed(shape, w, i, j):
    (H, W), (KH, KW) = shape, w.shape
    count = 0
    for top in range(H - KH):
        for left in range(W - KW):
            if 0 <= i - top < KH and 0 <= j - left < KW and w[i - top, j - left] != 0:
                count += 1
    return count
