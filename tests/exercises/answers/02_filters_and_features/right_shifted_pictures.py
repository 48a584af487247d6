# loses nothing: one shifted picture per weight; the layer on top of the bank

# %% grade_id="02-by-hand"
wedge = np.array([[0, 0, 9, 9], [0, 9, 9, 0], [9, 9, 9, 9]])
both = np.stack([wedge[:, :3], wedge[:, 1:]])
by_hand = np.array([
    both.mean(axis=(1, 2)),
    (both * np.outer([1, 2, 1], [-1, 0, 1])).sum(axis=(1, 2)),
    9 * both[:, 1, 1] - both.sum(axis=(1, 2)),
])

# %% grade_id="02-filter-bank"
def filter_bank(x, filters):
    F, KH, KW = filters.shape
    OH, OW = x.shape[0] - KH + 1, x.shape[1] - KW + 1
    out = np.zeros((F, OH, OW))
    for u in range(KH):
        for v in range(KW):
            out += filters[:, u, v, None, None] * x[u : u + OH, v : v + OW]
    return out


# %% grade_id="02-conv"
def conv(x, w, b):
    out = np.broadcast_to(b[:, None, None], (len(b), 1, 1)).astype(float)
    for c in range(len(x)):
        out = out + filter_bank(x[c], w[:, c])
    return out


# %% grade_id="02-sobel-magnitude"
def sobel_magnitude(x):
    gx = filter_bank(x, np.outer([1, 2, 1], [-1, 0, 1])[None])
    gy = filter_bank(x, np.outer([-1, 0, 1], [1, 2, 1])[None])
    return ((gx**2 + gy**2) ** 0.5)[0]


# %% grade_id="02-diagonal"
line = np.eye(3)
diagonal = line - line[::-1]
