# loses 06-copies-tests: columns and rows of the result swapped
# told: Rows and columns of the result are swapped

# %% grade_id="06-copies"
def copies(H, W, KH, KW, stride):
    out = np.zeros((W, H), int)
    for i in range(0, H - KH + 1, stride):
        for j in range(0, W - KW + 1, stride):
            out[j : j + KW, i : i + KH] += 1
    return out
