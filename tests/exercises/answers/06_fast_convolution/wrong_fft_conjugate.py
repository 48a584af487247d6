# loses 06-convolve-fft-tests: the lesson's cross-correlation
# told: That is a cross-correlation

# %% grade_id="06-convolve-fft"
def convolve_fft(x, w):
    size = (x.shape[0] + w.shape[0] - 1, x.shape[1] + w.shape[1] - 1)
    return np.fft.irfft2(np.fft.rfft2(x, size) * np.fft.rfft2(w, size).conj(), size)
