# loses 06-copies-tests: windows at every row and column
# told: The stride is ignored

# %% grade_id="06-copies"
def copies(H, W, KH, KW, stride):
    out = np.zeros((H, W), int)
    for i in range(H - KH + 1):
        for j in range(W - KW + 1):
            out[i : i + KH, j : j + KW] += 1
    return out
