# loses 17-box-iou-tests: boxes overlap only if a corner of one lies in the other
# told: the first difference is at

# %% grade_id="17-box-iou"
def box_iou(a, b):
    out = np.zeros((len(a), len(b)))
    for i, (l, t, r, d) in enumerate(a):
        for j, (L, T, R, D) in enumerate(b):
            corners = [(x, y) for x in (L, R) for y in (T, D)]
            if any(l <= x <= r and t <= y <= d for x, y in corners):
                both = (min(r, R) - max(l, L)) * (min(d, D) - max(t, T))
                out[i, j] = both / ((r - l) * (d - t) + (R - L) * (D - T) - both)
    return out
