# loses 05-conv-matrix-tests: all rows are one and the same list
# told: the first difference is at

# %% grade_id="05-conv-matrix"
def conv_matrix(w, H, W):
    KH, KW = w.shape
    OH, OW = H - KH + 1, W - KW + 1
    M = [[0] * (H * W)] * (OH * OW)
    for i, j, u, v in np.ndindex(OH, OW, KH, KW):
        M[i * OW + j][(i + u) * W + j + v] = w[u, v]
    return M
