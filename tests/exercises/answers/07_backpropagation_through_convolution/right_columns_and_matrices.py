# loses nothing: unrolled windows and matrix products, np.add.at, np.put_along_axis

# %% grade_id="07-by-hand"
by_hand = np.r_[3, -1, 2, -3, 1, 1].astype(np.int8)

# %% grade_id="07-weight-gradient"
def places(KH, KW, OH, OW, stride):
    rows = stride * np.arange(OH)[:, None] + np.arange(KH)
    cols = stride * np.arange(OW)[:, None] + np.arange(KW)
    return rows[:, None, :, None], cols[None, :, None, :]


def weight_gradient(dout, x, KH, KW, stride):
    N, F, OH, OW = dout.shape
    rows, cols = places(KH, KW, OH, OW, stride)
    columns = x[:, :, rows, cols].transpose(1, 4, 5, 0, 2, 3).reshape(x.shape[1] * KH * KW, -1)
    flat = dout.transpose(1, 0, 2, 3).reshape(F, -1)
    return (flat @ columns.T).reshape(F, x.shape[1], KH, KW)

# %% grade_id="07-input-gradient"
def places(KH, KW, OH, OW, stride):
    rows = stride * np.arange(OH)[:, None] + np.arange(KH)
    cols = stride * np.arange(OW)[:, None] + np.arange(KW)
    return rows[:, None, :, None], cols[None, :, None, :]


def input_gradient(dout, w, H, W, stride):
    (N, F, OH, OW), (_, C, KH, KW) = dout.shape, w.shape
    columns = dout.transpose(0, 2, 3, 1).reshape(-1, F) @ w.reshape(F, -1)
    shares = columns.reshape(N, OH, OW, C, KH, KW).transpose(0, 3, 1, 2, 4, 5)
    dx = np.zeros((N, C, H, W), dtype=np.float64)
    np.add.at(dx, (slice(None), slice(None), *places(KH, KW, OH, OW, stride)), shares)
    return dx

# %% grade_id="07-max-pool-gradient"
def max_pool_gradient(dout, x):
    N, C, OH, OW = dout.shape
    even = x[:, :, : 2 * OH, : 2 * OW].reshape(N, C, OH, 2, OW, 2)
    windows = even.transpose(0, 1, 2, 4, 3, 5).reshape(N, C, OH, OW, 4)
    shares = np.zeros(windows.shape)
    np.put_along_axis(shares, windows.argmax(-1)[..., None], dout[..., None], axis=-1)
    inner = shares.reshape(N, C, OH, OW, 2, 2).transpose(0, 1, 2, 4, 3, 5).reshape(N, C, 2 * OH, 2 * OW)
    H, W = x.shape[2:]
    return np.pad(inner, [(0, 0), (0, 0), (0, H % 2), (0, W % 2)])

# %% grade_id="07-numeric-gradient"
def numeric_gradient(x, w, h):
    flat = np.repeat(w.reshape(1, -1).astype(float), w.size, axis=0)
    above, below = flat + h * np.eye(w.size), flat - h * np.eye(w.size)
    slopes = [(loss(x, a.reshape(w.shape)) - loss(x, b.reshape(w.shape))) / h / 2 for a, b in zip(above, below)]
    return np.array(slopes).reshape(w.shape)
