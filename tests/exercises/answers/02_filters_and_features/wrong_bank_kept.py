# loses 02-filter-bank-tests: the windows of the first picture of each size are kept
# told: the first difference is at [0, 0, 0]

# %% grade_id="02-filter-bank"
seen = {}


def filter_bank(x, filters):
    KH, KW = filters.shape[1:]
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW))
    windows = seen.setdefault((x.shape, KH, KW), windows.copy())
    return np.einsum("ijuv,fuv->fij", windows, filters)
