# loses 05-diagnose-tests: adds up what remains to be cut
# told: the first difference is at [0]

# %% grade_id="05-diagnose"
def diagnose(M, H, W, KH, KW):
    to_cut, windows = 0, []
    for k, row in enumerate(M):
        i, j = divmod(k, W - KW + 1)
        weights = row.reshape(H, W).copy()
        windows.append(weights[i : i + KH, j : j + KW].copy())
        weights[i : i + KH, j : j + KW] = 0
        to_cut += int(round(weights.sum()))
    to_tie = sum(bool((window != windows[0]).any()) for window in windows)
    return [to_cut, to_tie]
