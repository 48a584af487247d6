# loses 06-im2col-tests: within a column the channels come last
# told: The channels come last in your columns

# %% grade_id="06-im2col"
def im2col(x, KH, KW, stride):
    N, C, H, W = x.shape
    OH, OW = (H - KH) // stride + 1, (W - KW) // stride + 1
    cols = np.zeros((N, KH, KW, C, OH, OW))
    for u in range(KH):
        for v in range(KW):
            cols[:, u, v] = x[:, :, u : u + stride * (OH - 1) + 1 : stride, v : v + stride * (OW - 1) + 1 : stride]
    return cols.reshape(N, KH * KW * C, OH * OW)
