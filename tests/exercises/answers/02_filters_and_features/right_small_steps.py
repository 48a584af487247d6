# loses nothing: one number at a time; the sums by hand

# %% grade_id="02-filter-bank"
def filter_bank(x, filters):
    F, KH, KW = filters.shape
    H, W = x.shape
    out = np.zeros((F, H - KH + 1, W - KW + 1), dtype=np.float64)
    it = np.nditer(out, flags=["multi_index"])
    for _ in it:
        f, i, j = it.multi_index
        for u in range(KH):
            for v in range(KW):
                out[f, i, j] += x[i + u, j + v] * filters[f, u, v]
    return out


# %% grade_id="02-conv"
def conv(x, w, b):
    return [
        sum(np.asarray(filter_bank(x[c], w[f, c][None]))[0] for c in range(len(x))) + b[f]
        for f in range(len(w))
    ]


# %% grade_id="02-sobel-magnitude"
def sobel_magnitude(x):
    out = []
    for i in range(len(x) - 2):
        row = []
        for j in range(len(x[0]) - 2):
            (a, b, c), (d, _, f), (g, h, k) = x[i : i + 3, j : j + 3].tolist()
            row.append(((c - a + 2 * (f - d) + k - g) ** 2 + (g - a + 2 * (h - b) + k - c) ** 2) ** 0.5)
        out.append(row)
    return out
