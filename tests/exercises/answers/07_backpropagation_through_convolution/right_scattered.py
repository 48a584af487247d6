# loses nothing: np.add.at, a mask of the first maxima, tensordot weight by weight, a weight put back

# %% grade_id="07-weight-gradient"
def weight_gradient(dout, x, KH, KW, stride):
    N, F, OH, OW = dout.shape
    dw = np.zeros((F, x.shape[1], KH, KW))
    for u in range(KH):
        for v in range(KW):
            seen = x[:, :, u : u + OH * stride : stride, v : v + OW * stride : stride]
            seen = seen[:, :, :OH, :OW]
            dw[:, :, u, v] = np.tensordot(dout, seen, axes=((0, 2, 3), (0, 2, 3)))
    return dw

# %% grade_id="07-input-gradient"
def input_gradient(dout, w, H, W, stride):
    N, F, OH, OW = dout.shape
    _, C, KH, KW = w.shape
    dx = np.zeros((N, C, H, W))
    r = (np.arange(OH)*stride)[:,None,None,None]+np.arange(KH)[None,None,:,None]
    q = (np.arange(OW)*stride)[None,:,None,None]+np.arange(KW)[None,None,None,:]
    np.add.at(dx, (slice(None),slice(None),r,q), np.einsum("nfij,fcuv->ncijuv", dout, w))
    return dx

# %% grade_id="07-max-pool-gradient"
def max_pool_gradient(dout, x):
    N,C,OH,OW = dout.shape
    win = x[:,:,:2*OH,:2*OW].reshape(N,C,OH,2,OW,2).swapaxes(3,4).reshape(N,C,OH,OW,4)
    top = win == win.max(-1,keepdims=True)
    first = top & (top.cumsum(-1)==1)
    dx = np.zeros(x.shape)
    dx[:,:,:2*OH,:2*OW] = (first*dout[...,None]).reshape(N,C,OH,OW,2,2).swapaxes(3,4).reshape(N,C,2*OH,2*OW)
    return dx

# %% grade_id="07-numeric-gradient"
def numeric_gradient(x, w, h):
    g = np.zeros(w.shape)
    w = w.astype(float)
    for k in np.ndindex(w.shape):
        w[k] += h
        above = loss(x, w)
        w[k] -= 2 * h
        below = loss(x, w)
        w[k] += h
        g[k] = (above - below) / (2 * h)
    return g
