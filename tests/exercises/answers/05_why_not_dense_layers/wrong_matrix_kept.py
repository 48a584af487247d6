# loses 05-conv-matrix-tests: remembers matrices by the shapes alone
# told: the first difference is at

# %% grade_id="05-conv-matrix"
matrices = {}


def conv_matrix(w, H, W):
    KH, KW = w.shape
    OH, OW = H - KH + 1, W - KW + 1
    if (w.shape, H, W) not in matrices:
        M = np.zeros((OH, OW, H, W))
        for i in range(OH):
            for j in range(OW):
                M[i, j, i : i + KH, j : j + KW] = w
        matrices[w.shape, H, W] = M.reshape(OH * OW, H * W)
    return matrices[w.shape, H, W]
