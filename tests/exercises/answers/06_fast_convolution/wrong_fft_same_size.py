# loses 06-convolve-fft-tests: cut to the size of the picture
# told: You kept as many outputs as there are pixels, the first ones

# %% grade_id="06-convolve-fft"
def convolve_fft(x, w):
    size = (x.shape[0] + w.shape[0] - 1, x.shape[1] + w.shape[1] - 1)
    out = np.fft.ifft2(np.fft.fft2(x, size) * np.fft.fft2(w, size)).real
    return out[: x.shape[0], : x.shape[1]]
