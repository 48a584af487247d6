# loses 06-copies-tests: square windows only
# told: the first difference is at

# %% grade_id="06-copies"
def copies(H, W, KH, KW, stride):
    K = min(KH, KW)
    out = np.zeros((H, W), int)
    for i in range(0, H - K + 1, stride):
        for j in range(0, W - K + 1, stride):
            out[i : i + K, j : j + K] += 1
    return out
