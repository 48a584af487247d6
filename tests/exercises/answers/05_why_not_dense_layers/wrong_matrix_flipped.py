# loses 05-conv-matrix-tests: true convolution in place of cross-correlation
# told: You flipped the kernel

# %% grade_id="05-conv-matrix"
def conv_matrix(w, H, W):
    KH, KW = w.shape
    OH, OW = H - KH + 1, W - KW + 1
    M = np.zeros((OH * OW, H * W))
    for i in range(OH):
        for j in range(OW):
            for u in range(KH):
                for v in range(KW):
                    M[i * OW + j, (i + u) * W + j + v] = w[KH - 1 - u, KW - 1 - v]
    return M
