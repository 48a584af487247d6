# loses 05-diagnose-tests: compares the windows without their order
# told: without their order

# %% grade_id="05-diagnose"
def diagnose(M, H, W, KH, KW):
    to_cut, windows = 0, []
    for k, row in enumerate(M):
        i, j = divmod(k, W - KW + 1)
        weights = row.reshape(H, W).copy()
        windows.append(weights[i : i + KH, j : j + KW].copy())
        weights[i : i + KH, j : j + KW] = 0
        to_cut += int(np.count_nonzero(weights))
    first = sorted(windows[0].ravel())
    to_tie = sum(sorted(window.ravel()) != first for window in windows)
    return [to_cut, to_tie]
