# loses nothing: no matrix product: loops over windows, since only the numbers count

# %% grade_id="06-columns"
columns = [[1, 2, 3], [2, 3, 4], [5, 6, 7], [6, 7, 8]]
columns = [row + [number + 4 for number in row] for row in columns]

# %% grade_id="06-copies"
def copies(H, W, KH, KW, stride):
    out = np.zeros((H, W))
    for i in range(H):
        for j in range(W):
            tops = [t for t in range(0, H - KH + 1, stride) if t <= i < t + KH]
            lefts = [t for t in range(0, W - KW + 1, stride) if t <= j < t + KW]
            out[i, j] = len(tops) * len(lefts)
    return out

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    N, C, H, W = x.shape
    F, _, KH, KW = w.shape
    padded = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    padded[:, :, padding : padding + H, padding : padding + W] = x
    OH, OW = (H + 2 * padding - KH) // stride + 1, (W + 2 * padding - KW) // stride + 1
    out = np.tile(np.array(b, float)[None, :, None, None], (N, 1, OH, OW))
    for u in range(KH):
        for v in range(KW):
            pixels = padded[:, :, u : u + stride * OH : stride, v : v + stride * OW : stride]
            out += np.einsum("ncij,fc->nfij", pixels[:, :, :OH, :OW], w[:, :, u, v])
    return out

# %% grade_id="06-review-a"
against_a = np.arange(8).reshape(1, 1, 4, 2), 1, 1, 1  # an error, not wrong numbers

# %% grade_id="06-review-b"
against_b = [[[[1, 2, 3]] * 3]], 1, 1, 2

# %% grade_id="06-review-c"
against_c = [[[[0.25]]]], 1, 1, 1

# %% grade_id="06-memory"
memory = np.array([295_680, 3_749_760, 967_680])
