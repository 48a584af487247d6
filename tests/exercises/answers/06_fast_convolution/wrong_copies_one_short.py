# loses 06-copies-tests: the last windows are left out
# told: The windows are one short along each axis

# %% grade_id="06-copies"
def copies(H, W, KH, KW, stride):
    out = np.zeros((H, W), int)
    OH, OW = (H - KH) // stride + 1, (W - KW) // stride + 1
    for i in range(OH - 1):
        for j in range(OW - 1):
            out[i * stride : i * stride + KH, j * stride : j * stride + KW] += 1
    return out
