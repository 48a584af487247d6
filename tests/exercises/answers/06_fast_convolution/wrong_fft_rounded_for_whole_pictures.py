# loses 06-convolve-fft-tests: rounds if the picture holds whole numbers, whatever the kernel holds
# told: the first difference is at

# %% grade_id="06-convolve-fft"
def convolve_fft(x, w):
    size = (x.shape[0] + w.shape[0] - 1, x.shape[1] + w.shape[1] - 1)
    out = np.fft.irfft2(np.fft.rfft2(x, size) * np.fft.rfft2(w, size), size)
    return np.rint(out) if x.dtype.kind == "i" else out
