# loses 06-copies-tests: the number of a window is taken for the row in which it begins
# told: The windows stand one pixel apart

# %% grade_id="06-copies"
def copies(H, W, KH, KW, stride):
    out = np.zeros((H, W), int)
    for i in range((H - KH) // stride + 1):
        for j in range((W - KW) // stride + 1):
            out[i : i + KH, j : j + KW] += 1
    return out
