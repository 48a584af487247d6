# loses 02-filter-bank-tests: one map for all filters
# told: You added the maps up

# %% grade_id="02-filter-bank"
def filter_bank(x, filters):
    F, KH, KW = filters.shape
    out = np.zeros((x.shape[0] - KH + 1, x.shape[1] - KW + 1))
    for w in filters:
        for i in range(out.shape[0]):
            for j in range(out.shape[1]):
                out[i, j] += np.sum(x[i : i + KH, j : j + KW] * w)
    return out
