# loses 05-conv-matrix-tests: the outputs are counted with the height of the output
# told: You counted the outputs in rows of OH

# %% grade_id="05-conv-matrix"
def conv_matrix(w, H, W):
    KH, KW = w.shape
    OH, OW = H - KH + 1, W - KW + 1
    M = np.zeros((OH * OW, H * W))
    for i, j, u, v in np.ndindex(OH, OW, KH, KW):
        M[i * OH + j, (i + u) * W + j + v] = w[u, v]
    return M
