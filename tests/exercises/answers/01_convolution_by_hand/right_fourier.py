# loses nothing: through the Fourier transform, with rounding of its own; permutation matrices

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    product = np.fft.rfft2(x) * np.conj(np.fft.rfft2(w, x.shape))
    everywhere = np.fft.irfft2(product, x.shape)
    return everywhere[: len(x) - len(w) + 1 : down, : x.shape[1] - w.shape[1] + 1 : across]


# %% grade_id="01-flip"
def flip(w):
    KH, KW = w.shape
    return np.eye(KH)[::-1] @ w @ np.eye(KW)[::-1]


# %% grade_id="01-horizontal-kernel"
horizontal = [[0, 0.5, 0.5], [-0.5, -0.5, -1], [0.5, 0, 0.5]]


# %% grade_id="01-changed"
def outputs_changed(shape, w, i, j):
    answered = np.zeros((shape[0] - w.shape[0] + 1, shape[1] - w.shape[1] + 1))
    for top, left in np.ndindex(answered.shape):
        picture = np.zeros(shape)
        picture[i, j] = 1
        answered[top, left] = np.abs(
            picture[top : top + w.shape[0], left : left + w.shape[1]] * w
        ).max()
    return int((answered > 0).sum())
