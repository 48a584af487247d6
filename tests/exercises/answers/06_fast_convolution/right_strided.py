# loses nothing: strided views, a product over the whole batch at once, real transforms

# %% grade_id="06-im2col"
def im2col(x, KH, KW, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW), axis=(2, 3))[:, :, ::stride, ::stride]
    N, C, OH, OW, _, _ = windows.shape
    return windows.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * KH * KW, OH * OW)

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    F, C, KH, KW = w.shape
    N, _, H, W = x.shape
    OH, OW = [(size + 2 * padding - k) // stride + 1 for size, k in ((H, KH), (W, KW))]
    cols = columns_of(x, (KH, KW), stride, padding).transpose(1, 0, 2).reshape(C * KH * KW, -1)
    out = (w.reshape(F, -1) @ cols).reshape(F, N, OH, OW).transpose(1, 0, 2, 3)
    return out + b.reshape(1, F, 1, 1)

# %% grade_id="06-convolve-fft"
def convolve_fft(x, w):
    size = tuple(np.array(x.shape) + np.array(w.shape) - 1)
    return np.fft.irfft2(np.fft.rfft2(x, size) * np.fft.rfft2(w, size), size)
