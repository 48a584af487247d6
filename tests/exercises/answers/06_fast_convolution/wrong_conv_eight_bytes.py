# loses 06-conv2d-im2col-tests: takes every number to be 8 bytes long
# told: the first difference is at

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    N, C, H, W = x.shape
    F, _, KH, KW = w.shape
    OH, OW = (H - KH) // stride + 1, (W - KW) // stride + 1
    steps = (C * H * W * 8, H * W * 8, W * 8, 8, W * 8 * stride, 8 * stride)
    cols = np.lib.stride_tricks.as_strided(x, (N, C, KH, KW, OH, OW), steps)
    out = w.reshape(F, -1) @ cols.reshape(N, C * KH * KW, OH * OW)
    return out.reshape(N, F, OH, OW) + b[:, None, None]
