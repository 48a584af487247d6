# loses 02-filter-bank-tests: the filters stand on the last axis
# told: The filters are on the last axis

# %% grade_id="02-filter-bank"
def filter_bank(x, filters):
    F, KH, KW = filters.shape
    out = np.zeros((x.shape[0] - KH + 1, x.shape[1] - KW + 1, F))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            for f in range(F):
                out[i, j, f] = np.sum(x[i : i + KH, j : j + KW] * filters[f])
    return out
