# loses nothing: logarithms, sums from the corner and one axis after the other

# %% grade_id="04-pooled"
pooled = [[3.0, 4, 0, 0], [0, 4, 0, 0], [0, 3, 4, 0]]

# %% grade_id="04-left"
left = [[0.60, 0.60], [1.0198, 1e-9]]

# %% grade_id="04-softmax"
def softmax(logits):
    return np.exp(logits - np.logaddexp.reduce(1.0 * logits, axis=1, keepdims=True))


# %% grade_id="04-max-pool2d"
def max_pool2d(x, size, stride, padding):
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    for axis in (2, 3):
        x = np.lib.stride_tricks.sliding_window_view(x, size, axis=axis).max(axis=-1)
    return x[:, :, ::stride, ::stride]

# %% grade_id="04-only-a"
only_a = ([[[[-1]]]], 3, 1, 1)

# %% grade_id="04-only-b"
only_b = ([[[[5, 1, 1]] * 3]], 3, 2, 1)

# %% grade_id="04-left-over"
def left_over(before, after):
    # The squares of all gaps at once: |a|² + |b|² − 2 a·b, and a·b for all moves by the FFT.
    products = np.fft.fft2(after).conj() * np.fft.fft2(before)
    along = np.fft.ifft2(products.sum(axis=0)).real.max()
    square = (before * 1.0 * before).sum()
    return np.sqrt(max((after * 1.0 * after).sum() + square - 2 * along, 0) / square)

# %% grade_id="04-blur"
blur = np.convolve([1, 1, 1], [1, 1, 1]) / 9
