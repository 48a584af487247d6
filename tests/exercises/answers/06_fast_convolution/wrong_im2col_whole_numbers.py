# loses 06-im2col-tests: an array of whole numbers
# told: Your result was cut to whole numbers

# %% grade_id="06-im2col"
def im2col(x, KH, KW, stride):
    N, C, H, W = x.shape
    OH, OW = (H - KH) // stride + 1, (W - KW) // stride + 1
    cols = np.zeros((N, C, KH, KW, OH, OW), dtype=int)
    for i in range(OH):
        for j in range(OW):
            cols[..., i, j] = x[:, :, i * stride : i * stride + KH, j * stride : j * stride + KW]
    return cols.reshape(N, C * KH * KW, OH * OW)
