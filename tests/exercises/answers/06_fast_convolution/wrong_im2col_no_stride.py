# loses 06-im2col-tests: the stride counts for the size alone
# told: The stride is ignored

# %% grade_id="06-im2col"
def im2col(x, KH, KW, stride):
    N, C, H, W = x.shape
    OH, OW = (H - KH) // stride + 1, (W - KW) // stride + 1
    cols = np.zeros((N, C * KH * KW, OH * OW))
    for i in range(OH):
        for j in range(OW):
            cols[:, :, i * OW + j] = x[:, :, i : i + KH, j : j + KW].reshape(N, -1)
    return cols
