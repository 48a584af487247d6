# loses 06-im2col-tests: the axes are reshaped where they should be transposed
# told: OH and OW come before KH and KW

# %% grade_id="06-im2col"
def im2col(x, KH, KW, stride):
    N, C, H, W = x.shape
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return windows.reshape(N, C * KH * KW, -1)
