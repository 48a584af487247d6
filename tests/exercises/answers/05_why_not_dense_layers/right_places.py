# loses nothing: products of arrays of sizes, rows by np.roll

# %% grade_id="05-conv-cost"
def conv_cost(x_shape, filters):
    F, *k = filters
    per = x_shape[0]*np.prod(k)
    outs = np.prod(np.subtract(x_shape[1:], k)+1)
    return F*per+F, F*outs*per

# %% grade_id="05-conv-matrix"
def conv_matrix(w, H, W):
    KH, KW = w.shape
    first = np.zeros((H, W)); first[:KH, :KW] = w
    return np.array([np.roll(first.ravel(), i*W+j) for i in range(H-KH+1) for j in range(W-KW+1)])
