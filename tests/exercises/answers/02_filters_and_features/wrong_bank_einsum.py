# loses 02-filter-bank-tests: a letter is missing
# told: in `einsum`, each array needs one letter per axis

# %% grade_id="02-filter-bank"
def filter_bank(x, filters):
    windows = np.lib.stride_tricks.sliding_window_view(x, filters.shape[1:])
    return np.einsum("iju,fuv->fij", windows, filters)
