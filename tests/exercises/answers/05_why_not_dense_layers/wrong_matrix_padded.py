# loses 05-conv-matrix-tests: windows hang over the border
# told: There is no padding here

# %% grade_id="05-conv-matrix"
def conv_matrix(w, H, W):
    M = np.zeros((H, W, H, W))
    for i, j, u, v in np.ndindex(H, W, *w.shape):
        if i + u < H and j + v < W:
            M[i, j, i + u, j + v] = w[u, v]
    return M.reshape(H * W, H * W)
