# loses 05-diagnose-tests: an output with something to cut needs tying, too
# told: only the weights inside the windows count

# %% grade_id="05-diagnose"
def diagnose(M, H, W, KH, KW):
    to_cut, windows = 0, []
    other = set()
    for k, row in enumerate(M):
        i, j = divmod(k, W - KW + 1)
        weights = row.reshape(H, W).copy()
        windows.append(weights[i : i + KH, j : j + KW].copy())
        weights[i : i + KH, j : j + KW] = 0
        to_cut += int(np.count_nonzero(weights))
        if weights.any() or (windows[-1] != windows[0]).any():
            other.add(k)
    return [to_cut, len(other)]
