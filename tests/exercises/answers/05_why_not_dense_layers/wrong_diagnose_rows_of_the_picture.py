# loses 05-diagnose-tests: counts the outputs in rows of W
# told: `diagnose` stopped with

# %% grade_id="05-diagnose"
def diagnose(M, H, W, KH, KW):
    to_cut, windows = 0, []
    for k, row in enumerate(M):
        i, j = divmod(k, W)
        weights = row.reshape(H, W).copy()
        windows.append(weights[i : i + KH, j : j + KW].copy())
        weights[i : i + KH, j : j + KW] = 0
        to_cut += int(np.count_nonzero(weights))
    to_tie = sum(bool((window != windows[0]).any()) for window in windows)
    return [to_cut, to_tie]
