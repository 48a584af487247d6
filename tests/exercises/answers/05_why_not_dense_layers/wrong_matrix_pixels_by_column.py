# loses 05-conv-matrix-tests: Fortran's order of pixels
# told: You counted the pixels column by column

# %% grade_id="05-conv-matrix"
def conv_matrix(w, H, W):
    KH, KW = w.shape
    rows = []
    for i in range(H - KH + 1):
        for j in range(W - KW + 1):
            picture = np.zeros((H, W))
            picture[i : i + KH, j : j + KW] = w
            rows.append(picture.flatten(order="F"))
    return np.array(rows)
