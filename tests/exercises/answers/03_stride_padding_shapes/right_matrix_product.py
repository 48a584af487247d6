# loses nothing: im2col with index arrays; whole numbers that are floats


# %% grade_id="03-mended"
mended = [(1.0, 1.0, 0.0), (3.0, 2.0, 1.0), (1.0, 1.0, 0.0)]

# %% grade_id="03-same-padding"
def same_padding(size, kernel_size, stride, dilation):
    before = after = 0
    outputs = (size + stride - 1) // stride
    for pixel in range(size, (outputs - 1) * stride + dilation * (kernel_size - 1) + 1):
        if (pixel - size) % 2:
            before += 1
        else:
            after += 1
    return before, after


# %% grade_id="03-pad2d"
def pad2d(x, padding):
    return np.pad(x, ((0, 0), (0, 0), *map(tuple, padding)), "constant", constant_values=0)


# %% grade_id="03-conv2d"
def conv2d(x, w, b, stride, padding, dilation):
    N, C, H, W = x.shape
    F, _, KH, KW = w.shape
    x = pad2d(x, ((padding, padding), (padding, padding)))
    OH, OW = (-(-(n - dilation * (k - 1)) // stride) for n, k in zip(x.shape[2:], (KH, KW)))
    rows = stride * np.arange(OH)[:, None] + dilation * np.arange(KH)
    columns = stride * np.arange(OW)[:, None] + dilation * np.arange(KW)
    patches = x[:, :, rows[:, None, :, None], columns[None, :, None, :]]  # (N, C, OH, OW, KH, KW)
    patches = patches.transpose(0, 2, 3, 1, 4, 5).reshape(N, OH * OW, C * KH * KW)
    out = patches @ w.reshape(F, -1).T + b
    return np.moveaxis(out, 2, 1).reshape(N, F, OH, OW)
