# loses 06-im2col-tests: KH stands for KW
# told: the answer has shape

# %% grade_id="06-im2col"
def im2col(x, KH, KW, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KH), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride].transpose(0, 1, 4, 5, 2, 3)
    return windows.reshape(len(x), x.shape[1] * KH * KH, -1)
