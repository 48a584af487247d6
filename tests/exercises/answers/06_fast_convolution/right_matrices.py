# loses nothing: numbered pixels, the bias as one weight more, a helper of one's own

# %% grade_id="06-copies"
def copies(H, W, KH, KW, stride):
    numbers = np.arange(H * W).reshape(H, W)
    windows = np.lib.stride_tricks.sliding_window_view(numbers, (KH, KW))[::stride, ::stride]
    out = np.zeros(H * W)
    np.add.at(out, windows, 1)
    return out.reshape(H, W)

# %% grade_id="06-conv2d-im2col"
def outputs(length, window, stride, padding):
    return (length + 2 * padding - window) // stride + 1


def conv2d_im2col(x, w, b, stride, padding):
    OW = outputs(x.shape[3], w.shape[3], stride, padding)
    cols = columns_of(x, w.shape[2:], stride, padding)
    ones = np.ones((len(cols), 1, cols.shape[2]))
    cols = np.concatenate([cols, ones], axis=1)  # the bias is one weight more
    weights = np.hstack([w.reshape(len(w), -1), np.reshape(b, (-1, 1))])
    return np.einsum("fk,nkp->nfp", weights, cols).reshape(len(x), len(w), -1, OW)
