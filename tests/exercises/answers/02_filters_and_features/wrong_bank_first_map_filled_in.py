# loses 02-filter-bank-tests: the return is inside the loop over the filters
# told: Only the first map is filled in

# %% grade_id="02-filter-bank"
def filter_bank(x, filters):
    F, KH, KW = filters.shape
    out = np.zeros((F, x.shape[0] - KH + 1, x.shape[1] - KW + 1))
    for f in range(F):
        for i in range(out.shape[1]):
            for j in range(out.shape[2]):
                out[f, i, j] = np.sum(x[i : i + KH, j : j + KW] * filters[f])
        return out
