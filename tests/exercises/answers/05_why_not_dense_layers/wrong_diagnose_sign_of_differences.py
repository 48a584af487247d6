# loses 05-diagnose-tests: sees only weights that are larger than those of output 0
# told: A weight may also be smaller than output 0's

# %% grade_id="05-diagnose"
def diagnose(M, H, W, KH, KW):
    OW = W - KW + 1
    to_cut, to_tie = 0, 0
    for k, row in enumerate(M):
        weights = row.reshape(H, W)
        window = weights[k // OW :, k % OW :][:KH, :KW]
        to_cut += np.sum(weights != 0) - np.sum(window != 0)
        to_tie += np.max(window - M[0].reshape(H, W)[:KH, :KW]) > 1e-9
    return [to_cut, to_tie]
