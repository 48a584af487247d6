# loses 17-box-iou-tests: min and max are exchanged
# told: yours is the box around both

# %% grade_id="17-box-iou"
def box_iou(a, b):
    out = np.zeros((len(a), len(b)))
    for i, (l, t, r, d) in enumerate(a):
        for j, (L, T, R, D) in enumerate(b):
            both = max(0, max(r, R) - min(l, L)) * max(0, max(d, D) - min(t, T))
            out[i, j] = both / ((r - l) * (d - t) + (R - L) * (D - T) - both)
    return out
