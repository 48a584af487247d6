# loses 05-diagnose-tests: compares each output with the one before
# told: compare all with output 0

# %% grade_id="05-diagnose"
def diagnose(M, H, W, KH, KW):
    to_cut, windows = 0, []
    for k, row in enumerate(M):
        i, j = divmod(k, W - KW + 1)
        weights = row.reshape(H, W).copy()
        windows.append(weights[i : i + KH, j : j + KW].copy())
        weights[i : i + KH, j : j + KW] = 0
        to_cut += int(np.count_nonzero(weights))
    to_tie = sum(bool((a != b).any()) for a, b in zip(windows, windows[1:]))
    return [to_cut, to_tie]
