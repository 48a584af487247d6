"""Exercise 06: the references, the right answers by hand and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import conv2d, unfolding


def im2col(x, KH, KW, stride):
    """Lay what each window sees out as a column."""
    return unfolding.im2col(x, (KH, KW), stride)


conv2d_im2col = conv2d


def convolve_fft(x, w):
    """Convolve a picture with a kernel, fully."""
    full = ((w.shape[0] - 1,) * 2, (w.shape[1] - 1,) * 2)
    return conv2d(x[None, None], w[None, None, ::-1, ::-1], padding=full)[0, 0]


BY_HAND = {
    "columns": [[1, 2, 4, 5], [2, 3, 5, 6], [4, 5, 7, 8], [5, 6, 8, 9]],
    "winograd": [-2, 8, 6, -9, 12, 11],
}
BY_HAND_MISTAKES = {
    "winograd": (
        ([-2, 8, 2, -9, 8, 15], "m₃ needs g₀ − g₁ + g₂, and g₁ is negative: 2 + 1 + 3"),
        ([-2, 8, 6, -9, 12, -7], "y₁ *subtracts* m₄, and m₄ is negative"),
    ),
}


def _windows(x, KH, KW, stride):
    """Return the columns with all six axes: (N, C, KH, KW, OH, OW)."""
    x = np.asarray(x)
    out = [(size - k) // stride + 1 for size, k in zip(x.shape[2:], (KH, KW), strict=True)]
    return im2col(x, KH, KW, stride).reshape(*x.shape[:2], KH, KW, *out)


def _axes_reordered(*axes):
    """Make columns of the right shape from the six axes in another order."""

    def wrong(x, KH, KW, stride):
        columns = im2col(x, KH, KW, stride)
        return _windows(x, KH, KW, stride).transpose(axes).reshape(columns.shape)

    return wrong


def _stride_ignored(x, KH, KW, stride):
    """Take the right number of windows, one pixel apart."""
    _, _, _, _, OH, OW = _windows(x, KH, KW, stride).shape
    near = _windows(x, KH, KW, 1)[..., :OH, :OW]
    return near.reshape(*im2col(x, KH, KW, stride).shape)


def _batch_and_filters_mixed(x, w, b, stride, padding):
    """Reshape (F, N, …) to (N, F, …) instead of transposing it."""
    out = conv2d(x, w, b, stride, padding)
    return out.transpose(1, 0, 2, 3).reshape(out.shape)


def _wrapped_around(x, w):
    """Transform at the picture's size, so that the end wraps around to the start."""
    if w.shape[0] > x.shape[0] or w.shape[1] > x.shape[1]:
        return None
    return np.fft.ifft2(np.fft.fft2(x) * np.fft.fft2(w, x.shape)).real


def _by_spectra(x, w, conjugate):
    """Multiply the spectra at full size, one of them conjugated if asked."""
    size = tuple(a + b - 1 for a, b in zip(x.shape, w.shape, strict=True))
    spectrum = np.fft.fft2(w, size)
    return np.fft.ifft2(np.fft.fft2(x, size) * (spectrum.conj() if conjugate else spectrum)).real


def _inside_only(x, w):
    """Keep the places where the kernel lies inside the picture."""
    rows, columns = (a - b + 1 for a, b in zip(x.shape, w.shape, strict=True))
    if rows < 1 or columns < 1:
        return None
    top, left = w.shape[0] - 1, w.shape[1] - 1
    return _by_spectra(x, w, conjugate=False)[top : top + rows, left : left + columns]


def _fits(x, w):
    """Tell whether the filters fit into the picture without padding."""
    return x.shape[2] >= w.shape[2] and x.shape[3] >= w.shape[3]


MISTAKES = {
    "im2col": (
        Mistake(
            "The stride is ignored: the window's top row is i·stride, its left column j·stride.",
            _stride_ignored,
        ),
        Mistake(
            "Rows and columns of the matrix are swapped: every window is a *column*.",
            lambda *arguments: im2col(*arguments).swapaxes(1, 2),
        ),
        Mistake(
            "The shape is right, but you laid the windows out as rows and cut those up: `reshape` "
            "doesn't swap axes, `transpose` does.",
            _axes_reordered(0, 4, 5, 1, 2, 3),
        ),
        Mistake(
            "The shape is right, but OH and OW come before KH and KW: `reshape` doesn't swap "
            "axes, `transpose` does.",
            _axes_reordered(0, 1, 4, 5, 2, 3),
        ),
        Mistake(
            "The channels come last in your columns; first comes the whole window of channel 0.",
            _axes_reordered(0, 2, 3, 1, 4, 5),
        ),
        Mistake(
            "Each window is read column by column; read it row by row.",
            _axes_reordered(0, 1, 3, 2, 4, 5),
        ),
    ),
    "conv2d_im2col": (
        Mistake(
            "The biases are missing: add b[f] to every output of filter f.",
            lambda x, w, b, stride, padding: conv2d(x, w, None, stride, padding),
        ),
        Mistake(
            "Pictures and filters got mixed up: the product has shape (F, N·OH·OW), and `reshape` "
            "doesn't swap axes, `transpose` does.",
            _batch_and_filters_mixed,
        ),
        Mistake(
            "The padding is missing.",
            lambda x, w, b, stride, padding: conv2d(x, w, b, stride) if _fits(x, w) else None,
        ),
        Mistake(
            "You flipped the kernel; use it as it is.",
            lambda x, w, b, stride, padding: conv2d(x, w[:, :, ::-1, ::-1], b, stride, padding),
        ),
    ),
    "convolve_fft": (
        Mistake(
            "The end wrapped around to the start: transform at the size of the *result*, (H + KH "
            "− 1) × (W + KW − 1).",
            _wrapped_around,
        ),
        Mistake(
            "That is a cross-correlation, as in the lesson; a true convolution takes the product "
            "without the complex conjugate.",
            lambda x, w: _by_spectra(x, w, conjugate=True),
        ),
        Mistake(
            "You kept only the places where the kernel lies inside the picture; keep them all.",
            _inside_only,
        ),
    ),
}
