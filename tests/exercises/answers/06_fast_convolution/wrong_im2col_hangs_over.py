# loses 06-im2col-tests: windows that hang over the border
# told: must have the same shape

# %% grade_id="06-im2col"
def im2col(x, KH, KW, stride):
    N, C, H, W = x.shape
    columns = []
    for i in range(0, H, stride):
        for j in range(0, W, stride):
            columns.append(x[:, :, i : i + KH, j : j + KW].reshape(N, -1))
    return np.stack(columns, axis=2)
