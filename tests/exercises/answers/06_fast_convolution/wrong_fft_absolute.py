# loses 06-convolve-fft-tests: the size of each complex number
# told: The signs are lost

# %% grade_id="06-convolve-fft"
def convolve_fft(x, w):
    size = (x.shape[0] + w.shape[0] - 1, x.shape[1] + w.shape[1] - 1)
    return np.abs(np.fft.ifft2(np.fft.fft2(x, size) * np.fft.fft2(w, size)))
