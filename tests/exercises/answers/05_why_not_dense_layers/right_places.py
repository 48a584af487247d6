# loses nothing: products of arrays of sizes, rows by np.roll

# %% grade_id="05-layer-costs"
def layer_costs(x_shape, filters):
    F, *k = filters
    per = x_shape[0]*np.prod(k); all_of_it = np.prod(x_shape)
    outs = F*np.prod(np.subtract(x_shape[1:], k)+1)
    return (outs*all_of_it+outs, outs*all_of_it), (outs*per+outs, outs*per), (F*per+F, outs*per)

# %% grade_id="05-conv-matrix"
def conv_matrix(w, H, W):
    KH, KW = w.shape
    first = np.zeros((H, W)); first[:KH, :KW] = w
    return np.array([np.roll(first.ravel(), i*W+j) for i in range(H-KH+1) for j in range(W-KW+1)])
