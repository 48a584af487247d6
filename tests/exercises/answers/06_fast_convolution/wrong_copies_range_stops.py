# loses 06-copies-tests: range stops before the last window
# told: A window is missing where the last one ends just at the border

# %% grade_id="06-copies"
def copies(H, W, KH, KW, stride):
    out = np.zeros((H, W), int)
    for top in range(0, H - KH, stride):
        for left in range(0, W - KW, stride):
            out[top : top + KH, left : left + KW] += 1
    return out
