# loses 02-filter-bank-tests: the same array is put into the list again and again
# told: Every map comes from the last filter

# %% grade_id="02-filter-bank"
def filter_bank(x, filters):
    F, KH, KW = filters.shape
    out, one = [], np.zeros((x.shape[0] - KH + 1, x.shape[1] - KW + 1))
    for w in filters:
        for i, j in np.ndindex(one.shape):
            one[i, j] = np.sum(x[i : i + KH, j : j + KW] * w)
        out.append(one)
    return out
