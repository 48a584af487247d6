# loses 06-im2col-tests: each window is a row
# told: every window is a *column*

# %% grade_id="06-im2col"
def im2col(x, KH, KW, stride):
    N, C, H, W = x.shape
    rows = []
    for i in range(0, H - KH + 1, stride):
        for j in range(0, W - KW + 1, stride):
            rows.append(x[:, :, i : i + KH, j : j + KW].reshape(N, -1))
    return np.stack(rows, axis=1)
