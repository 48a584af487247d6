"""The gradient with respect to the filters, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.answers.e07_backpropagation_through_convolution.windows import (
    SHORT,
    UPHILL,
    places,
    without_last,
)
from cnnedu.checks.answers.whole_numbers import where_whole
from cnnedu.checks.case import CUT, Mistake


def weight_gradient(dout, x, KH, KW, stride):
    """Return the gradient of the loss with respect to the filters."""
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW), axis=(2, 3))
    return np.einsum("nfij,ncijuv->fcuv", dout, windows[:, :, ::stride, ::stride])


def _then(change):
    """Make a gradient that is right but for what is done with it in the end."""
    return lambda *arguments: change(weight_gradient(*arguments))


def _mean_over(*axes):
    """Make a mean over these axes of dout, where a sum belongs."""
    return lambda dout, *rest: weight_gradient(dout, *rest) / np.take(dout.shape, axes).prod()


def _last_window_only(dout, x, KH, KW, stride):
    """Return the last picture's share of the last window alone."""
    *_, (_, _, rows, columns) = places(dout, KH, KW, stride)
    return weight_gradient(dout[-1:, :, -1:, -1:], x[-1:, :, rows, columns], KH, KW, 1)


def _first_windows(dout, x, KH, KW, stride):
    """Ignore the stride: look at windows that lie side by side."""
    rows, columns = dout.shape[2] + KH - 1, dout.shape[3] + KW - 1
    return weight_gradient(dout, x[:, :, :rows, :columns], KH, KW, 1)


def _short(always):
    """Make a loop that is too short: always, or only where the stride divides H − KH."""

    def wrong(dout, x, KH, KW, stride):
        moves = (0, 0) if always else (x.shape[2] - KH, x.shape[3] - KW)
        return weight_gradient(without_last(dout, *moves, stride), x, KH, KW, stride)

    return wrong


def _with_rest(dout, x, KH, KW, stride):
    """Slide a spread-out dout over all of x: too far, where the stride leaves a rest."""
    rows, columns = (
        size - (n - 1) * stride for size, n in zip(x.shape[2:], dout.shape[2:], strict=True)
    )
    return weight_gradient(dout, x, rows, columns, stride)


def _cut_sums(dout, x, KH, KW, stride):
    """Add up number by number in an array of whole numbers."""
    dw = np.zeros((dout.shape[1], x.shape[1], KH, KW))
    for n in range(len(dout)):
        for i, j, rows, columns in places(dout, KH, KW, stride):
            dw = np.trunc(dw + np.multiply.outer(dout[n, :, i, j], x[n, :, rows, columns]))
    return dw


MISTAKES = (
    Mistake(
        "You took the mean over the pictures of the batch; their shares add up.",
        _mean_over(0),
    ),
    Mistake("You took the mean over the windows; their shares add up.", _mean_over(2, 3)),
    Mistake(
        "You took the mean over pictures and windows; their shares add up.", _mean_over(0, 2, 3)
    ),
    Mistake(
        "That is the first picture's share alone: add up over the batch.",
        lambda dout, x, *rest: weight_gradient(dout[:1], x[:1], *rest),
    ),
    Mistake(
        "That is the last picture's share alone: add up (`+=`) over the batch.",
        lambda dout, x, *rest: weight_gradient(dout[-1:], x[-1:], *rest),
    ),
    Mistake(
        "That is the last window's share alone: add up (`+=`) over all windows and pictures.",
        _last_window_only,
    ),
    Mistake(
        "The stride is ignored: output (i, j) saw the window that begins at (i·stride, j·stride).",
        _first_windows,
    ),
    Mistake(SHORT, _short(always=True)),
    Mistake(SHORT, _short(always=False)),
    Mistake(
        "dw has rows or columns too many: where the stride leaves a rest, the last rows or "
        "columns of x lie in no window. Keep KH × KW numbers.",
        _with_rest,
    ),
    Mistake(
        "dw comes out flipped; it is a cross-correlation of x with dout, without a flip.",
        _then(lambda dw: dw[:, :, ::-1, ::-1]),
    ),
    Mistake(
        "Rows and columns are swapped: dw[f, c, u, v] belongs to row u and column v of the "
        "windows.",
        _then(lambda dw: dw.swapaxes(2, 3)),
    ),
    Mistake(
        "Filters and channels are swapped: dw has the shape of w, (F, C, KH, KW).",
        _then(lambda dw: dw.swapaxes(0, 1)),
    ),
    Mistake(
        "All your filters get the same: filter f gets what dout[:, f] passes back, not a sum "
        "over the filters.",
        _then(lambda dw: np.broadcast_to(dw.sum(axis=0), dw.shape)),
    ),
    Mistake(UPHILL, _then(np.negative)),
    Mistake(CUT, where_whole(0, _cut_sums)),
    Mistake(CUT, where_whole(1, _cut_sums)),
)
