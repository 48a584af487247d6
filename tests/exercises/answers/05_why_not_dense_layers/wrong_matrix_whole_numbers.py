# loses 05-conv-matrix-tests: the weights are cut to whole numbers
# told: Your result was cut to whole numbers

# %% grade_id="05-conv-matrix"
def conv_matrix(w, H, W):
    KH, KW = w.shape
    OH, OW = H - KH + 1, W - KW + 1
    M = np.zeros((OH, OW, H, W), dtype=int)
    for i in range(OH):
        for j in range(OW):
            M[i, j, i : i + KH, j : j + KW] = w
    return M.reshape(OH * OW, -1)
