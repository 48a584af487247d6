# loses nothing: through the Fourier transform, with rounding of its own; matrices that pad


# %% grade_id="03-unseen"
unseen = 3 * 28.0**2

# %% grade_id="03-mended"
mended = np.array([[1, 1, 0], [3, 1, 1], [1, 2, 0]])

# %% grade_id="03-same-padding"
def same_padding(size, kernel_size, stride, dilation):
    outputs = np.ceil(size / stride)
    total = int(max((outputs - 1) * stride + dilation * (kernel_size - 1) + 1 - size, 0))
    return np.divmod(total, 2) @ np.array([[1, 1], [0, 1]])


# %% grade_id="03-pad2d"
def pad2d(x, padding):
    (top, bottom), (left, right) = padding
    H, W = x.shape[2:]
    return np.eye(top + H + bottom, H, -top) @ x @ np.eye(W, left + W + right, left)


# %% grade_id="03-conv2d"
def conv2d(x, w, b, stride, padding, dilation):
    spread = np.zeros((*w.shape[:2], *(dilation * (k - 1) + 1 for k in w.shape[2:])))
    spread[:, :, ::dilation, ::dilation] = w
    x = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    H, W = x.shape[2:]
    filters = np.conj(np.fft.fft2(spread, (H, W)))
    maps = np.fft.ifft2(np.einsum("nchw,fchw->nfhw", np.fft.fft2(x), filters)).real
    H, W = H - spread.shape[2] + 1, W - spread.shape[3] + 1
    return maps[:, :, :H:stride, :W:stride] + b[:, None, None]
