"""Well-known wrong answers of exercise 06."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import conv2d, im2col


def _windows(x, KH, KW, stride):
    """Return the columns with all their axes: (N, C, KH, KW, OH, OW)."""
    x = np.asarray(x)
    out = [(size - k) // stride + 1 for size, k in zip(x.shape[2:], (KH, KW), strict=True)]
    return im2col(x, (KH, KW), stride).reshape(*x.shape[:2], KH, KW, *out)


def _order(*axes):
    """Return a function that reads the six axes in another order, into the right shape."""

    def wrong(x, KH, KW, stride):
        columns = im2col(x, (KH, KW), stride)
        return _windows(x, KH, KW, stride).transpose(axes).reshape(columns.shape)

    return wrong


def _stride_ignored(x, KH, KW, stride):
    """Let neighbouring windows lie one pixel apart, as many as there should be."""
    _, _, _, _, OH, OW = _windows(x, KH, KW, stride).shape
    near = _windows(x, KH, KW, 1)[..., :OH, :OW]
    return near.reshape(*im2col(x, (KH, KW), stride).shape)


def _batch_and_filters_mixed_up(x, w, b, stride, padding):
    """Reshape (F, N, …) to (N, F, …) instead of transposing it."""
    out = conv2d(x, w, b, stride, padding)
    return out.transpose(1, 0, 2, 3).reshape(out.shape)


def _circular(x, w):
    """Transform at the picture's size, so that the end comes round to the start."""
    if w.shape[0] > x.shape[0] or w.shape[1] > x.shape[1]:
        return None
    return np.fft.ifft2(np.fft.fft2(x) * np.fft.fft2(w, x.shape)).real


def _full(x, w, conjugate):
    """Multiply the spectra at full size."""
    size = tuple(a + b - 1 for a, b in zip(x.shape, w.shape, strict=True))
    spectrum = np.fft.fft2(w, size)
    return np.fft.ifft2(np.fft.fft2(x, size) * (spectrum.conj() if conjugate else spectrum)).real


def _valid(x, w):
    """Keep the places where the kernel lies inside the picture."""
    rows, columns = (a - b + 1 for a, b in zip(x.shape, w.shape, strict=True))
    if rows < 1 or columns < 1:
        return None
    top, left = w.shape[0] - 1, w.shape[1] - 1
    return _full(x, w, conjugate=False)[top : top + rows, left : left + columns]


IM2COL = (
    Mistake(
        "The stride is ignored: the window's top row is i·stride, its left column j·stride.",
        _stride_ignored,
    ),
    Mistake(
        "Rows and columns of the matrix are exchanged: every window is a *column*.",
        lambda *arguments: im2col(arguments[0], arguments[1:3], arguments[3]).swapaxes(1, 2),
    ),
    Mistake(
        "That has the right shape, but the numbers are windows laid out as rows, cut anew: "
        "`reshape` doesn't exchange axes, `transpose` does.",
        _order(0, 4, 5, 1, 2, 3),
    ),
    Mistake(
        "That has the right shape, but OH and OW stand before KH and KW: `reshape` doesn't "
        "exchange axes, `transpose` does.",
        _order(0, 1, 4, 5, 2, 3),
    ),
    Mistake(
        "The channels come last in your columns; first comes the whole window of channel 0.",
        _order(0, 2, 3, 1, 4, 5),
    ),
    Mistake(
        "Each window is read column by column; read it row by row.",
        _order(0, 1, 3, 2, 4, 5),
    ),
)

CONV2D_IM2COL = (
    Mistake(
        "The biases are missing: add b[f] to every output of filter f.",
        lambda x, w, b, stride, padding: conv2d(x, w, None, stride, padding),
    ),
    Mistake(
        "Pictures and filters got mixed up: the product has shape (F, N·OH·OW), and `reshape` "
        "doesn't exchange axes, `transpose` does.",
        _batch_and_filters_mixed_up,
    ),
    Mistake(
        "The padding is missing.",
        lambda x, w, b, stride, padding: conv2d(x, w, b, stride) if _fits(x, w) else None,
    ),
    Mistake(
        "You flipped the kernel; lay it down as it is.",
        lambda x, w, b, stride, padding: conv2d(x, w[:, :, ::-1, ::-1], b, stride, padding),
    ),
)

CONVOLVE_FFT = (
    Mistake(
        "The end came round to the start: transform at the size of the *result*, "
        "(H + KH − 1) × (W + KW − 1).",
        _circular,
    ),
    Mistake(
        "That is a cross-correlation, as in the lesson; a true convolution takes the product "
        "without the complex conjugate.",
        lambda x, w: _full(x, w, conjugate=True),
    ),
    Mistake(
        "You kept the places where the kernel lies inside the picture; here all are asked for.",
        _valid,
    ),
)


def _fits(x, w):
    """Tell whether the filters fit into the picture without padding."""
    return x.shape[2] >= w.shape[2] and x.shape[3] >= w.shape[3]
