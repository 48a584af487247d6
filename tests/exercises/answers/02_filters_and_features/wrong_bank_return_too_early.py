# loses 02-filter-bank-tests: the return is inside the loop
# told: is the `return` inside the loop

# %% grade_id="02-filter-bank"
def filter_bank(x, filters):
    windows = np.lib.stride_tricks.sliding_window_view(x, filters.shape[1:])
    maps = []
    for w in filters:
        maps.append(np.sum(windows * w, axis=(2, 3)))
        return maps[0]
