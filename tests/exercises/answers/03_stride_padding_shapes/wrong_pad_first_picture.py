# loses 03-pad2d-tests: only x[0, 0] is copied into the zeros
# told: the first difference is at [0, 1

# %% grade_id="03-pad2d"
def pad2d(x, padding):
    (top, bottom), (left, right) = padding
    N, C, H, W = x.shape
    out = np.zeros((N, C, top + H + bottom, left + W + right))
    for i in range(H):
        for j in range(W):
            out[0, 0, top + i, left + j] = x[0, 0, i, j]
    return out
