# loses nothing: through the Fourier transform, with rounding of its own; a tuple from a generator

# %% grade_id="02-filter-bank"
def maps(x, filters):
    H, W = x.shape
    for w in filters:
        everywhere = np.fft.ifft2(np.fft.fft2(x) * np.conj(np.fft.fft2(w, x.shape))).real
        yield everywhere[: H - len(w) + 1, : W - w.shape[1] + 1]


def filter_bank(x, filters):
    return tuple(maps(x, filters))


# %% grade_id="02-conv"
def conv(x, w, b):
    per_channel = [np.array([*maps(x[c], w[:, c])]) for c in range(len(x))]
    return np.add.reduce(per_channel) + b.reshape(-1, 1, 1)


# %% grade_id="02-sobel-magnitude"
def sobel_magnitude(x):
    gx, gy = maps(x, np.array([[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]]))
    return abs(gx + 1j * gy)


# %% grade_id="02-diagonal"
diagonal = [[1, -1, 0], [-1, 2, -1], [0, -1, 1]]
