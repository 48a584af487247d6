# loses nothing: index arithmetic without loops, cumulative products

# %% grade_id="05-conv-matrix"
def conv_matrix(w, H, W):
    KH, KW = w.shape
    OH, OW = H - KH + 1, W - KW + 1
    i, j, u, v = np.indices((OH, OW, KH, KW)).reshape(4, -1)
    M = np.zeros((OH * OW, H * W))
    M[i * OW + j, (i + u) * W + (j + v)] = w[u, v]
    return M

# %% grade_id="05-receptive-field"
def receptive_field(kernel_sizes, strides, dilations):
    jumps = np.cumprod([1, *strides[:-1]])
    return 1 + np.cumsum((np.array(kernel_sizes) - 1) * dilations * jumps)

# %% grade_id="05-diagnose"
def diagnose(M, H, W, KH, KW):
    inside = conv_matrix(np.ones((KH, KW)), H, W) == 1
    windows = M[inside].reshape(len(M), -1)
    return [np.count_nonzero(M[~inside]), (windows != windows[0]).any(axis=1).sum()]

# %% grade_id="05-two-layers"
product = conv_matrix(np.ones((3, 3)), 6, 6) @ conv_matrix(np.ones((3, 3)), 8, 8)
two_layers = [*product.shape, (product[7] > 0).sum(), product.max()]
