# loses 02-filter-bank-tests: concatenate in place of stack
# told: The maps are one below the other

# %% grade_id="02-filter-bank"
def filter_bank(x, filters):
    windows = np.lib.stride_tricks.sliding_window_view(x, filters.shape[1:])
    return np.concatenate([np.sum(windows * w, axis=(2, 3)) for w in filters])
