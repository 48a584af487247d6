# loses 06-convolve-fft-tests: drops the imaginary parts too early
# told: the first difference is at

# %% grade_id="06-convolve-fft"
def convolve_fft(x, w):
    size = (x.shape[0] + w.shape[0] - 1, x.shape[1] + w.shape[1] - 1)
    return np.fft.ifft2(np.fft.fft2(x, size).real * np.fft.fft2(w, size).real).real
