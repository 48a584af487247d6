# loses nothing: strided views, a product over the whole batch at once

# %% grade_id="06-copies"
def copies(H, W, KH, KW, stride):
    counts = np.zeros((H, W), np.uint8)
    windows = np.lib.stride_tricks.sliding_window_view(counts, (KH, KW), writeable=True)
    for row in windows[::stride, ::stride]:
        for window in row:
            window += 1
    return counts

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    F, C, KH, KW = w.shape
    N, _, H, W = x.shape
    OH, OW = [(size + 2 * padding - k) // stride + 1 for size, k in ((H, KH), (W, KW))]
    cols = columns_of(x, (KH, KW), stride, padding).transpose(1, 0, 2).reshape(C * KH * KW, -1)
    out = (w.reshape(F, -1) @ cols).reshape(F, N, OH, OW).transpose(1, 0, 2, 3)
    return out + b.reshape(1, F, 1, 1)
