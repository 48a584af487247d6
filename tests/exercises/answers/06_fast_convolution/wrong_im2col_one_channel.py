# loses 06-im2col-tests: the channels stand side by side
# told: A column holds the window of one channel only

# %% grade_id="06-im2col"
def im2col(x, KH, KW, stride):
    N, C, H, W = x.shape
    columns = []
    for c in range(C):
        for i in range(0, H - KH + 1, stride):
            for j in range(0, W - KW + 1, stride):
                columns.append(x[:, c, i : i + KH, j : j + KW].reshape(N, -1))
    return np.stack(columns, axis=2)
