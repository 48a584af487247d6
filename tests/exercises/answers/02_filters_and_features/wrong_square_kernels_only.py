# loses 02-filter-bank-tests: the height of the kernel is taken for its width
# told: two arrays were combined whose shapes (2,2) and (2,3) don't fit

# %% grade_id="02-filter-bank"
def filter_bank(x, filters):
    F, K, _ = filters.shape
    out = np.zeros((F, x.shape[0] - K + 1, x.shape[1] - K + 1))
    for f in range(F):
        for i in range(out.shape[1]):
            for j in range(out.shape[2]):
                out[f, i, j] = np.sum(x[i : i + K, j : j + K] * filters[f])
    return out
