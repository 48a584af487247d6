# loses nothing: nothing but loops

# %% grade_id="07-weight-gradient"
def weight_gradient(dout, x, KH, KW, stride):
    N, F, OH, OW = dout.shape
    C = x.shape[1]
    dw = np.zeros((F, C, KH, KW))
    for n, f, i, j in np.ndindex(N, F, OH, OW):
        for c, u, v in np.ndindex(C, KH, KW):
            dw[f, c, u, v] += dout[n, f, i, j] * x[n, c, i * stride + u, j * stride + v]
    return dw

# %% grade_id="07-input-gradient"
def input_gradient(dout, w, H, W, stride):
    N, F, OH, OW = dout.shape
    C, KH, KW = w.shape[1:]
    dx = np.zeros((N, C, H, W))
    for n, c, p, q in np.ndindex(dx.shape):
        for f, i, j in np.ndindex(F, OH, OW):
            u, v = p - i * stride, q - j * stride
            if 0 <= u < KH and 0 <= v < KW:
                dx[n, c, p, q] += dout[n, f, i, j] * w[f, c, u, v]
    return dx

# %% grade_id="07-max-pool-gradient"
def max_pool_gradient(dout, x):
    dx = np.zeros(x.shape)
    N, C, OH, OW = dout.shape
    for n in range(N):
        for c in range(C):
            for i in range(OH):
                for j in range(OW):
                    places = [(2 * i, 2 * j), (2 * i, 2 * j + 1), (2 * i + 1, 2 * j), (2 * i + 1, 2 * j + 1)]
                    best = max(places, key=lambda place: x[n, c][place])
                    dx[n, c][best] += dout[n, c, i, j]
    return dx

# %% grade_id="07-numeric-gradient"
def numeric_gradient(x, w, h):
    moved = np.array(w, dtype=float)
    gradient = np.zeros(moved.shape)
    for u in range(len(moved)):
        for v in range(len(moved[0])):
            kept = moved[u, v]
            moved[u, v] = kept + h
            above = loss(x, moved)
            moved[u, v] = kept - h
            gradient[u, v] = (above - loss(x, moved)) / (2 * h)
            moved[u, v] = kept
    return gradient
