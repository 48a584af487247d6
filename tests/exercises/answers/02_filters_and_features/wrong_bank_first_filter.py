# loses 02-filter-bank-tests: filters[0] in the loop
# told: Every map comes from the first filter

# %% grade_id="02-filter-bank"
def filter_bank(x, filters):
    windows = np.lib.stride_tricks.sliding_window_view(x, filters.shape[1:])
    return np.stack([np.sum(windows * filters[0], axis=(2, 3)) for w in filters])
