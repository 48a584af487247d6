# loses 02-filter-bank-tests: a picture that was seen before gets its old maps, whatever the filters
# told: the first difference is at

# %% grade_id="02-filter-bank"
seen = {}


def filter_bank(x, filters):
    if x.tobytes() not in seen:
        windows = np.lib.stride_tricks.sliding_window_view(x, filters.shape[1:])
        seen[x.tobytes()] = np.einsum("ijuv,fuv->fij", windows, filters)
    return seen[x.tobytes()]
