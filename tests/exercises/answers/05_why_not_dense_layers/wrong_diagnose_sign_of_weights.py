# loses 05-diagnose-tests: the weights to cut are only the positive ones
# told: A weight outside the window may be negative

# %% grade_id="05-diagnose"
def diagnose(M, H, W, KH, KW):
    OW = W - KW + 1
    to_cut, to_tie = 0, 0
    for k, row in enumerate(M):
        weights = row.reshape(H, W)
        window = weights[k // OW :, k % OW :][:KH, :KW]
        to_cut += np.sum(weights > 1e-9) - np.sum(window > 1e-9)
        to_tie += np.any(window != M[0].reshape(H, W)[:KH, :KW])
    return [to_cut, to_tie]
