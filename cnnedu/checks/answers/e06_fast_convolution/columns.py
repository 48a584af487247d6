"""Exercise 06: copies and columns of windows, and the mistakes that are made with them."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import conv2d, unfolding


def copies(H, W, KH, KW, stride):
    """Count the columns in which each pixel stands."""
    OH, OW = (H - KH) // stride + 1, (W - KW) // stride + 1
    return unfolding.col2im(np.ones((1, KH * KW, OH * OW), int), (H, W), (KH, KW), stride)[0, 0]


conv2d_im2col = conv2d


def _along(length, size, stride):
    """Count the windows along one axis in which each of its pixels stands."""
    return copies(1, length, 1, size, stride)[0]


def _last(length, size, stride):
    """Mark the pixels of the last window along one axis."""
    start = (length - size) // stride * stride
    places = np.arange(length)
    return ((start <= places) & (places < start + size)).astype(int)


def _grid(rows, columns):
    """Return the products of what was counted along the rows and along the columns."""
    return np.multiply.outer(rows, columns)


def _hanging_over(H, W, KH, KW, stride):
    """Count windows that hang over the lower and the right border, too."""
    more = [-(length - size) % stride for length, size in ((H, KH), (W, KW))]
    return copies(H + more[0], W + more[1], KH, KW, stride)[:H, :W]


def _one_apart(H, W, KH, KW, stride):
    """Count as many windows as there are, each one pixel from the next."""
    high, wide = ((length - size) // stride + size for length, size in ((H, KH), (W, KW)))
    return np.pad(copies(high, wide, KH, KW, 1), ((0, H - high), (0, W - wide)))


def _corners(H, W, KH, KW, stride):
    """Mark the pixels at which a window begins."""
    rows, columns = (
        (np.arange(length) % stride == 0) & (np.arange(length) <= length - size)
        for length, size in ((H, KH), (W, KW))
    )
    return _grid(rows, columns).astype(int)


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


def _fits(x, w):
    """Tell whether the filters fit into the picture without padding."""
    return x.shape[2] >= w.shape[2] and x.shape[3] >= w.shape[3]


MISTAKES = {
    "copies": (
        Mistake(
            "The stride is ignored: windows begin at every stride-th row and column only.",
            lambda H, W, KH, KW, stride: copies(H, W, KH, KW, 1),
        ),
        Mistake(
            "You gave every pixel KH · KW copies; towards the border there are fewer windows, and "
            "with a stride there are fewer everywhere.",
            lambda H, W, KH, KW, stride: np.full((H, W), KH * KW),
        ),
        Mistake(
            "KH and KW are swapped: KH is the height of the window.",
            lambda H, W, KH, KW, stride: (
                copies(H, W, KW, KH, stride) if KW <= H and KH <= W else None
            ),
        ),
        Mistake(
            "Rows and columns of the result are swapped: it has H rows of W numbers.",
            lambda *sizes: copies(*sizes).T,
        ),
        Mistake(
            "You counted windows that hang over the lower or right border. A window must lie "
            "inside; pixels that none of them holds have no copy.",
            _hanging_over,
        ),
        Mistake(
            "You marked the pixels at which a window begins; count all windows that hold a pixel.",
            _corners,
        ),
        Mistake(
            "You added the windows along the rows to those along the columns; multiply them: each "
            "row of windows holds the pixel once for each column of windows.",
            lambda H, W, KH, KW, stride: np.add.outer(_along(H, KH, stride), _along(W, KW, stride)),
        ),
        Mistake(
            "You counted all windows that would hold a pixel if the picture went on; near the "
            "lower and the right border some of them don't fit.",
            lambda H, W, KH, KW, stride: copies(H + KH * stride, W + KW * stride, KH, KW, stride)[
                :H, :W
            ],
        ),
        Mistake(
            "A window is missing where the last one ends just at the border: windows begin up to "
            "row H − KH, and `range(0, H - KH, stride)` stops before it.",
            lambda H, W, KH, KW, stride: _grid(
                _along(H, KH, stride) - _last(H, KH, stride) * ((H - KH) % stride == 0),
                _along(W, KW, stride) - _last(W, KW, stride) * ((W - KW) % stride == 0),
            ),
        ),
        Mistake(
            "The windows stand one pixel apart: the window in row i of the windows begins at row "
            "i·stride.",
            _one_apart,
        ),
        Mistake(
            "The windows are one short along each axis: the last one begins at row "
            "(OH − 1)·stride, which `range(OH − 1)` leaves out.",
            lambda H, W, KH, KW, stride: _grid(
                _along(H, KH, stride) - _last(H, KH, stride),
                _along(W, KW, stride) - _last(W, KW, stride),
            ),
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
}
