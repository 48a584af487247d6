# loses nothing: through the Fourier transform, with rounding of its own; permutation matrices

# %% grade_id="01-correlate2d"
def correlate2d(x, w):
    product = np.fft.rfft2(x) * np.conj(np.fft.rfft2(w, x.shape))
    everywhere = np.fft.irfft2(product, x.shape)
    return everywhere[: len(x) - len(w) + 1, : x.shape[1] - w.shape[1] + 1]


# %% grade_id="01-flip"
def flip(w):
    KH, KW = w.shape
    return np.eye(KH)[::-1] @ w @ np.eye(KW)[::-1]


# %% grade_id="01-horizontal-kernel"
horizontal = [[-2, 0, -2], [1, 0, 1], [1, 0, 1]]
