# loses nothing: the Fourier transform as matrices, strides by hand, a helper of one's own

# %% grade_id="06-im2col"
def im2col(x, KH, KW, stride):
    x = np.ascontiguousarray(x)
    n, c, h, w = x.strides
    OH, OW = (x.shape[2] - KH) // stride + 1, (x.shape[3] - KW) // stride + 1
    shape = (*x.shape[:2], KH, KW, OH, OW)
    windows = np.lib.stride_tricks.as_strided(x, shape, (n, c, h, w, h * stride, w * stride))
    return windows.reshape(len(x), -1, OH * OW)

# %% grade_id="06-conv2d-im2col"
def outputs(length, window, stride, padding):
    return (length + 2 * padding - window) // stride + 1


def conv2d_im2col(x, w, b, stride, padding):
    OW = outputs(x.shape[3], w.shape[3], stride, padding)
    cols = columns_of(x, w.shape[2:], stride, padding)
    ones = np.ones((len(cols), 1, cols.shape[2]))
    cols = np.concatenate([cols, ones], axis=1)  # the bias is one weight more
    weights = np.hstack([w.reshape(len(w), -1), np.reshape(b, (-1, 1))])
    return np.einsum("fk,nkp->nfp", weights, cols).reshape(len(x), len(w), -1, OW)

# %% grade_id="06-convolve-fft"
import functools


@functools.cache
def waves(n):
    return np.exp(-2j * np.pi * np.outer(np.arange(n), np.arange(n)) / n)


def convolve_fft(x, w):
    rows, columns = x.shape[0] + w.shape[0] - 1, x.shape[1] + w.shape[1] - 1
    left, right = waves(rows), waves(columns)
    spectrum = left[:, : len(x)] @ x @ right[: x.shape[1]]
    spectrum = spectrum * (left[:, : len(w)] @ w @ right[: w.shape[1]])
    return (left.conj() @ spectrum @ right.conj()).real / (rows * columns)
