# loses 17-box-iou-tests: the answer takes the dtype of boxes of whole numbers
# told: Your result was cut to whole numbers

# %% grade_id="17-box-iou"
def box_iou(a, b):
    out = np.zeros((len(a), len(b)), dtype=a.dtype)
    for i, (l, t, r, d) in enumerate(a):
        for j, (L, T, R, D) in enumerate(b):
            both = max(0, min(r, R) - max(l, L)) * max(0, min(d, D) - max(t, T))
            out[i, j] = both / ((r - l) * (d - t) + (R - L) * (D - T) - both)
    return out
