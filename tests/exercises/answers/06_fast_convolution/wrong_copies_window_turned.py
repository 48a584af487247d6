# loses 06-copies-tests: height and width of the window swapped
# told: KH and KW are swapped

# %% grade_id="06-copies"
def copies(H, W, KH, KW, stride):
    out = np.zeros((H, W), int)
    for i in range(0, H - KW + 1, stride):
        for j in range(0, W - KH + 1, stride):
            out[i : i + KW, j : j + KH] += 1
    return out
