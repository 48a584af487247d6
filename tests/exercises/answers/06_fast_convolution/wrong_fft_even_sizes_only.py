# loses 06-convolve-fft-tests: irfft2 makes an even number of columns
# told: `irfft2` needs the size

# %% grade_id="06-convolve-fft"
def convolve_fft(x, w):
    size = (x.shape[0] + w.shape[0] - 1, x.shape[1] + w.shape[1] - 1)
    return np.fft.irfft2(np.fft.rfft2(x, size) * np.fft.rfft2(w, size))
