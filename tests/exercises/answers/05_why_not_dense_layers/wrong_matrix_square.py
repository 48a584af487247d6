# loses 05-conv-matrix-tests: the width stands for the height
# told: the answer has shape

# %% grade_id="05-conv-matrix"
def conv_matrix(w, H, W):
    K = len(w)
    OH, OW = H - K + 1, W - K + 1
    M = np.zeros((OH * OW, H * W))
    for i, j, u, v in np.ndindex(OH, OW, K, K):
        M[i * OW + j, (i + u) * W + j + v] = w[u % len(w), v % w.shape[1]]
    return M
