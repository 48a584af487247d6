# loses 06-im2col-tests: takes every number to be 8 bytes long
# told: the first difference is at

# %% grade_id="06-im2col"
def im2col(x, KH, KW, stride):
    N, C, H, W = x.shape
    OH, OW = (H - KH) // stride + 1, (W - KW) // stride + 1
    steps = (C * H * W * 8, H * W * 8, W * 8, 8, W * 8 * stride, 8 * stride)
    windows = np.lib.stride_tricks.as_strided(x, (N, C, KH, KW, OH, OW), steps)
    return windows.reshape(N, C * KH * KW, OH * OW)
