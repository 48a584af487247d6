# loses 05-conv-matrix-tests: a column for each output
# told: That is the transpose

# %% grade_id="05-conv-matrix"
def conv_matrix(w, H, W):
    KH, KW = w.shape
    OH, OW = H - KH + 1, W - KW + 1
    M = np.zeros((H, W, OH, OW))
    for i in range(OH):
        for j in range(OW):
            M[i : i + KH, j : j + KW, i, j] = w
    return M.reshape(H * W, OH * OW)
