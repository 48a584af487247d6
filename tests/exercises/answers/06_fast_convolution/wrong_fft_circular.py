# loses 06-convolve-fft-tests: transformed at the picture's size, the end comes round
# told: The end wrapped around to the start

# %% grade_id="06-convolve-fft"
def convolve_fft(x, w):
    return np.fft.ifft2(np.fft.fft2(x) * np.fft.fft2(w, x.shape)).real
