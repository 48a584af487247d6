# loses 06-im2col-tests: the pictures come after the channels
# told: The pictures got mixed up

# %% grade_id="06-im2col"
def im2col(x, KH, KW, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    N, C, OH, OW = windows.shape[:4]
    return windows.transpose(1, 4, 5, 0, 2, 3).reshape(N, C * KH * KW, OH * OW)
