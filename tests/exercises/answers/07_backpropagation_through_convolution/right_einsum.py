# loses nothing: strided views and einsum, one number of the kernel at a time, argmax over four

# %% grade_id="07-by-hand"
by_hand = np.array([3.0, -1, 2, -3, 1, 1])

# %% grade_id="07-weight-gradient"
def weight_gradient(dout, x, KH, KW, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("nfij,ncijuv->fcuv", dout, windows)

# %% grade_id="07-input-gradient"
def input_gradient(dout, w, H, W, stride):
    (N, F, OH, OW), (_, C, KH, KW) = dout.shape, w.shape
    dx = np.zeros((N, C, H, W))
    for u in range(KH):
        for v in range(KW):
            seen = dx[:, :, u : u + (OH - 1) * stride + 1 : stride, v : v + (OW - 1) * stride + 1 : stride]
            seen += np.einsum("nfij,fc->ncij", dout, w[:, :, u, v])
    return dx

# %% grade_id="07-max-pool-gradient"
def max_pool_gradient(dout, x):
    OH, OW = dout.shape[2:]
    corners = [(u, v) for u in (0, 1) for v in (0, 1)]
    views = np.array([x[:, :, u : 2 * OH : 2, v : 2 * OW : 2] for u, v in corners])
    winner = views.argmax(axis=0)
    dx = np.zeros(x.shape)
    for number, (u, v) in enumerate(corners):
        dx[:, :, u : 2 * OH : 2, v : 2 * OW : 2] = np.where(winner == number, dout, 0)
    return dx

# %% grade_id="07-numeric-gradient"
def numeric_gradient(x, w, h):
    steps = h * np.eye(w.size).reshape(-1, *w.shape)
    return np.reshape([(loss(x, w + e) - loss(x, w - e)) / h / 2 for e in steps], w.shape)
