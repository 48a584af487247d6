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


_COLUMNS = np.array(
    [[1, 2, 3, 5, 6, 7], [2, 3, 4, 6, 7, 8], [5, 6, 7, 9, 10, 11], [6, 7, 8, 10, 11, 12]]
)

BY_HAND = {"columns": _COLUMNS, "winograd": [-2, 8, 6, -9, 12, 11]}
BY_HAND_MISTAKES = {
    "columns": (
        (_COLUMNS.T, "you wrote each window as a row; it is a column, so there are four rows"),
        (
            _COLUMNS[[0, 2, 1, 3]],
            "you read each window column by column; its second number stands right of the first",
        ),
        (
            _COLUMNS[:, [0, 3, 1, 4, 2, 5]],
            "the windows go row by row: the second window is one pixel right of the first",
        ),
        (_COLUMNS[:, [0, 2, 3, 5]], "you left windows out: from one to the next it is one pixel"),
    ),
    "winograd": (
        ([-2, 8, 2, -9, 8, 15], "m₃ needs g₀ − g₁ + g₂, and g₁ is negative: 2 + 1 + 3"),
        ([-2, 8, 6, -9, 12, -7], "y₁ *subtracts* m₄, and m₄ is negative"),
        ([-2, 16, 12, -9, 26, 13], "the sums of weights in m₂ and m₃ are divided by 2"),
        ([-2, 8, -6, -9, 0, 23], "m₃ takes d₂ − d₁, not d₁ − d₂"),
        ([-2, 8, 6, 9, 12, -7], "m₄ takes d₁ − d₃, not d₃ − d₁"),
        ([-2, 8, 6, -9, 12, 23], "y₁ *subtracts* m₃"),
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


def _each_channel_apart(x, KH, KW, stride):
    """Put the channels' windows side by side, in columns as high as one window."""
    windows = _windows(x, KH, KW, stride).swapaxes(1, 2).swapaxes(2, 3)
    return windows.reshape(len(x), KH * KW, -1)


def _back_to_front(x, KH, KW, stride):
    """Read each window from its last pixel to its first."""
    columns = im2col(x, KH, KW, stride)
    return _windows(x, KH, KW, stride)[:, :, ::-1, ::-1].reshape(columns.shape)


def _reordered(*axes):
    """Reshape outputs to the right shape that lie in memory in another order of axes."""

    def wrong(x, w, b, stride, padding):
        out = conv2d(x, w, b, stride, padding)
        return out.transpose(axes).reshape(out.shape)

    return wrong


def _rows_of_oh(out):
    """Lay each map's numbers out in rows of its height."""
    return out.reshape(*out.shape[:2], out.shape[3], out.shape[2])


def _in_one_row(out):
    """Leave each map as one row of numbers."""
    return out.reshape(*out.shape[:2], -1)


def _weights_reordered(*axes):
    """Reshape filters to the right shape whose axes are in another order."""

    def wrong(x, w, b, stride, padding):
        return conv2d(x, w.transpose(axes).reshape(w.shape), b, stride, padding)

    return wrong


def _wrapped_around(x, w):
    """Transform at the picture's size, so that the end wraps around to the start."""
    if w.shape[0] > x.shape[0] or w.shape[1] > x.shape[1]:
        return None
    return np.fft.ifft2(np.fft.fft2(x) * np.fft.fft2(w, x.shape)).real


def _conjugated(x, w):
    """Multiply the spectra at full size, one of them conjugated."""
    size = tuple(a + b - 1 for a, b in zip(x.shape, w.shape, strict=True))
    return np.fft.ifft2(np.fft.fft2(x, size) * np.fft.fft2(w, size).conj()).real


def _even_columns(x, w):
    """Transform back without saying how many columns there are."""
    size = tuple(a + b - 1 for a, b in zip(x.shape, w.shape, strict=True))
    if size[1] == 1:
        return None
    return np.fft.irfft2(np.fft.rfft2(x, size) * np.fft.rfft2(w, size))


def _cropped(x, w, rows, columns, top, left):
    """Keep a part of the right answer."""
    return convolve_fft(x, w)[top : top + rows, left : left + columns]


def _inside_only(x, w):
    """Keep the places where the kernel lies inside the picture."""
    rows, columns = (a - b + 1 for a, b in zip(x.shape, w.shape, strict=True))
    if rows < 1 or columns < 1:
        return None
    return _cropped(x, w, rows, columns, w.shape[0] - 1, w.shape[1] - 1)


def _fits(x, w):
    """Tell whether the filters fit into the picture without padding."""
    return x.shape[2] >= w.shape[2] and x.shape[3] >= w.shape[3]


CORRELATED = (
    "That is a cross-correlation, as in the lesson; for a true convolution, multiply the spectra "
    "of picture and kernel as they are, without a conjugate or a flip."
)
MISTAKES = {
    "im2col": (
        Mistake(
            "The stride is ignored: the window's top row is i·stride, its left column j·stride.",
            _stride_ignored,
        ),
        Mistake(
            "The windows are one pixel apart; take every stride-th along both axes.",
            lambda x, KH, KW, stride: im2col(x, KH, KW, 1),
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
        Mistake(
            "The windows go column by column; they go row by row: first all that start in row 0.",
            _axes_reordered(0, 1, 2, 3, 5, 4),
        ),
        Mistake(
            "The pictures got mixed up: keep the first axis of your array the first.",
            _axes_reordered(1, 2, 3, 0, 4, 5),
        ),
        Mistake(
            "A column holds the window of one channel only; the windows of all channels at the "
            "same place stand below each other in one column.",
            _each_channel_apart,
        ),
        Mistake(
            "Each window is upside down and back to front: row (c · KH + u) · KW + v holds the "
            "pixel u rows below and v columns right of the window's corner.",
            _back_to_front,
        ),
    ),
    "conv2d_im2col": (
        Mistake(
            "The biases are missing: add b[f] to every output of filter f.",
            lambda x, w, b, stride, padding: conv2d(x, w, None, stride, padding),
        ),
        Mistake(
            "You subtracted the biases; add them.",
            lambda x, w, b, stride, padding: conv2d(x, w, -b, stride, padding),
        ),
        Mistake(
            "Pictures and filters got mixed up: the product has shape (F, N·OH·OW), and `reshape` "
            "doesn't swap axes, `transpose` does.",
            _reordered(1, 0, 2, 3),
        ),
        Mistake(
            "The outputs got mixed up: the product has the filters as rows and the places as "
            "columns; `reshape` doesn't swap axes, `transpose` does.",
            _reordered(0, 2, 3, 1),
        ),
        Mistake(
            "The outputs were laid out in rows of OH; a row of the map has OW numbers.",
            lambda *arguments: _rows_of_oh(conv2d(*arguments)),
        ),
        Mistake(
            "The outputs of each map are still in one row; reshape them to OH rows of OW.",
            lambda *arguments: _in_one_row(conv2d(*arguments)),
        ),
        Mistake(
            "The padding is missing.",
            lambda x, w, b, stride, padding: conv2d(x, w, b, stride) if _fits(x, w) else None,
        ),
        Mistake(
            "The stride is missing.",
            lambda x, w, b, stride, padding: conv2d(x, w, b, 1, padding),
        ),
        Mistake(
            "You flipped the kernel; use it as it is.",
            lambda x, w, b, stride, padding: conv2d(x, w[:, :, ::-1, ::-1], b, stride, padding),
        ),
        Mistake(
            "In your weights' rows the channels come last; a column holds first the whole window "
            "of channel 0, and so must a row.",
            _weights_reordered(0, 2, 3, 1),
        ),
        Mistake(
            "The weights got mixed up: `w.reshape(…, F)` doesn't transpose; each filter is a row "
            "of `w.reshape(F, …)`.",
            lambda x, w, b, stride, padding: conv2d(
                x, w.reshape(-1, len(w)).T.reshape(w.shape), b, stride, padding
            ),
        ),
        Mistake(
            "Every picture got the outputs of the first one.",
            lambda x, *rest: np.repeat(conv2d(x[:1], *rest), len(x), axis=0),
        ),
    ),
    "convolve_fft": (
        Mistake(
            "The end wrapped around to the start: transform at the size of the *result*, (H + KH "
            "− 1) × (W + KW − 1).",
            _wrapped_around,
        ),
        Mistake(CORRELATED, _conjugated),
        Mistake(CORRELATED, lambda x, w: convolve_fft(x, w[::-1, ::-1])),
        Mistake(
            "You kept only the places where the kernel lies inside the picture; keep them all.",
            _inside_only,
        ),
        Mistake(
            "You kept as many outputs as there are pixels, the middle ones; keep them all.",
            lambda x, w: _cropped(x, w, *x.shape, (w.shape[0] - 1) // 2, (w.shape[1] - 1) // 2),
        ),
        Mistake(
            "You kept as many outputs as there are pixels, the first ones; keep them all.",
            lambda x, w: _cropped(x, w, *x.shape, 0, 0),
        ),
        Mistake(
            "The result is one row and one column too large: it is (H + KH − 1) × (W + KW − 1).",
            lambda x, w: np.pad(convolve_fft(x, w), ((0, 1), (0, 1))),
        ),
        Mistake(
            "`irfft2` needs the size of the result; without it, the number of columns is even.",
            _even_columns,
        ),
        Mistake(
            "The signs are lost: take the real part, not the size, of the complex numbers.",
            lambda x, w: abs(convolve_fft(x, w)),
        ),
        Mistake(
            "You rounded the results; pictures and kernels need not hold whole numbers.",
            lambda x, w: np.rint(convolve_fft(x, w)),
        ),
    ),
}
