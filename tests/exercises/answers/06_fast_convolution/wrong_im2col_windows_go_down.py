# loses 06-im2col-tests: the windows go from top to bottom first
# told: The windows go column by column

# %% grade_id="06-im2col"
def im2col(x, KH, KW, stride):
    N, C, H, W = x.shape
    columns = []
    for j in range(0, W - KW + 1, stride):
        for i in range(0, H - KH + 1, stride):
            columns.append(x[:, :, i : i + KH, j : j + KW].reshape(N, -1))
    return np.stack(columns, axis=2)
