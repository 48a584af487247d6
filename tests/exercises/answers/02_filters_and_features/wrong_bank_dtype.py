# loses 02-filter-bank-tests: the maps take the picture's dtype
# told: Your result was cut to whole numbers

# %% grade_id="02-filter-bank"
def filter_bank(x, filters):
    F, KH, KW = filters.shape
    out = np.zeros((F, x.shape[0] - KH + 1, x.shape[1] - KW + 1), dtype=x.dtype)
    for f, i, j in np.ndindex(out.shape):
        out[f, i, j] = np.sum(x[i : i + KH, j : j + KW] * filters[f])
    return out
