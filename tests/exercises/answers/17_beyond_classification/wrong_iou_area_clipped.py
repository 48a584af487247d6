# loses 17-box-iou-tests: sets the area to 0 if it is negative, not the sides
# told: Two negative ones

# %% grade_id="17-box-iou"
def box_iou(a, b):
    out = np.zeros((len(a), len(b)))
    for i, (l, t, r, d) in enumerate(a):
        for j, (L, T, R, D) in enumerate(b):
            both = max(0, (min(r, R) - max(l, L)) * (min(d, D) - max(t, T)))
            out[i, j] = both / ((r - l) * (d - t) + (R - L) * (D - T) - both)
    return out
