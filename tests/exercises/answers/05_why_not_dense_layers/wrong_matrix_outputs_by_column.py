# loses 05-conv-matrix-tests: the outputs are counted column by column
# told: You counted the outputs column by column

# %% grade_id="05-conv-matrix"
def conv_matrix(w, H, W):
    KH, KW = w.shape
    OH, OW = H - KH + 1, W - KW + 1
    rows = []
    for j in range(OW):
        for i in range(OH):
            picture = np.zeros((H, W))
            picture[i : i + KH, j : j + KW] = w
            rows.append(picture.ravel())
    return np.array(rows)
