# loses 06-copies-tests: windows are cut at the border
# told: You counted windows that hang over

# %% grade_id="06-copies"
def copies(H, W, KH, KW, stride):
    out = np.zeros((H, W), int)
    OH, OW = int(np.ceil((H - KH) / stride)) + 1, int(np.ceil((W - KW) / stride)) + 1
    for i in range(OH):
        for j in range(OW):
            out[i * stride : i * stride + KH, j * stride : j * stride + KW] += 1
    return out
