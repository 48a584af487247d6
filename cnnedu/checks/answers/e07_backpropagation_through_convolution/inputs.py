"""The gradient with respect to the input, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.answers.e07_backpropagation_through_convolution.windows import (
    SHORT,
    UPHILL,
    places,
    without_last,
)
from cnnedu.checks.answers.whole_numbers import where_whole
from cnnedu.checks.case import CUT, Mistake


def input_gradient(dout, w, H, W, stride):
    """Return the gradient of the loss with respect to the input."""
    dx = np.zeros((len(dout), w.shape[1], H, W))
    shares = np.einsum("nfij,fcuv->ncuvij", dout, w)
    rows, columns = (size * stride for size in dout.shape[2:])
    for u, v in np.ndindex(w.shape[2:]):
        dx[:, :, u : u + rows : stride, v : v + columns : stride] += shares[:, :, u, v]
    return dx


def _joined(dout, w, H, W, stride, join):
    """Return dx with join(what is there, share) at the place of each filter's windows."""
    dx = np.zeros((len(dout), w.shape[1], H, W))
    for f in range(len(w)):
        for i, j, rows, columns in places(dout, *w.shape[2:], stride):
            share = np.multiply.outer(dout[:, f, i, j], w[f])
            dx[:, :, rows, columns] = join(dx[:, :, rows, columns], share)
    return dx


def _overwritten(*arguments):
    """Let each share of a filter overwrite the earlier ones."""
    return _joined(*arguments, join=lambda there, share: share)


def _sums_overwritten(dout, w, H, W, stride):
    """Add up over the filters, but overwrite the shares of earlier windows."""
    dx = np.zeros((len(dout), w.shape[1], H, W))
    for i, j, rows, columns in places(dout, *w.shape[2:], stride):
        dx[:, :, rows, columns] = np.einsum("nf,fcuv->ncuv", dout[:, :, i, j], w)
    return dx


def _cut_sums(*arguments):
    """Add up number by number in an array of whole numbers."""
    return _joined(*arguments, join=lambda there, share: np.trunc(there + share))


def _side_by_side(dout, w, H, W, stride):
    """Ignore the stride: pass back to windows that lie side by side."""
    dx = np.zeros((len(dout), w.shape[1], H, W))
    rows, columns = dout.shape[2] + w.shape[2] - 1, dout.shape[3] + w.shape[3] - 1
    dx[:, :, :rows, :columns] = input_gradient(dout, w, rows, columns, 1)
    return dx


def _first_picture_only(*arguments):
    dx = input_gradient(*arguments)
    dx[1:] = 0
    return dx


def _short(always):
    """Make a loop that is too short: always, or only where the stride divides H − KH."""

    def wrong(dout, w, H, W, stride):
        moves = (0, 0) if always else (H - w.shape[2], W - w.shape[3])
        return input_gradient(without_last(dout, *moves, stride), w, H, W, stride)

    return wrong


def _gathered(dout, w, H, W, stride, pairs):
    """Collect each pixel's shares; `pairs` yields (p, i, u) along one axis, of whatever length."""
    dx = np.zeros((len(dout), w.shape[1], H, W))
    for p, i, u in pairs(H, dout.shape[2], w.shape[2], stride):
        for q, j, v in pairs(W, dout.shape[3], w.shape[3], stride):
            dx[:, :, p, q] += dout[:, :, i, j] @ w[:, :, u, v]
    return dx


def _from_the_end(size, outputs, k, stride):
    """Let a negative number of a weight count from the end, as Python does."""
    places = ((p, i, p - i * stride) for p, i in np.ndindex(size, outputs))
    return [(p, i, u) for p, i, u in places if -k <= u < k]


def _rest_ignored(size, outputs, k, stride):
    """Take the output (p − u) // stride also where the stride doesn't divide p − u."""
    places = ((p, (p - u) // stride, u) for p, u in np.ndindex(size, k))
    return [(p, i, u) for p, i, u in places if 0 <= i < outputs]


def _seen_only(dout, w, H, W, stride):
    """Leave out the rows and columns that no window saw."""
    *_, (_, _, rows, columns) = places(dout, *w.shape[2:], stride)
    return input_gradient(dout, w, rows.stop, columns.stop, stride)


OVERWRITTEN = "A pixel lies in several windows: add their shares up (`+=`), don't overwrite them."

MISTAKES = (
    Mistake(
        "You flipped the kernel where you add it in: each window passes its weights back as "
        "they are. (You need the flip only if you gather with a correlation.)",
        lambda dout, w, *rest: input_gradient(dout, w[:, :, ::-1, ::-1], *rest),
    ),
    Mistake(OVERWRITTEN, _overwritten),
    Mistake(OVERWRITTEN, _sums_overwritten),
    Mistake(
        "That is the last filter's share alone: dx adds up over all filters.",
        lambda dout, w, *rest: input_gradient(dout[:, -1:], w[-1:], *rest),
    ),
    Mistake(
        "You took the mean over the filters; their shares add up.",
        lambda dout, w, *rest: input_gradient(dout, w, *rest) / len(w),
    ),
    Mistake(
        "You took the mean over the batch: each picture gets its own share, undivided.",
        lambda dout, *rest: input_gradient(dout, *rest) / len(dout),
    ),
    Mistake(
        "The stride is ignored: output (i, j) passes back to the window at (i·stride, j·stride).",
        _side_by_side,
    ),
    Mistake(SHORT, _short(always=True)),
    Mistake(SHORT, _short(always=False)),
    Mistake(
        "Python counts negative indices from the end: leave out weights whose row p − i·stride or "
        "column q − j·stride is below 0.",
        lambda *arguments: _gathered(*arguments, pairs=_from_the_end),
    ),
    Mistake(
        "Only where the stride divides p − u and q − v has an output used that weight for that "
        "pixel: `//` alone also takes the others.",
        lambda *arguments: _gathered(*arguments, pairs=_rest_ignored),
    ),
    Mistake(
        "Rows or columns are missing: dx has H rows and W columns, also where no window "
        "looks. There it is 0.",
        _seen_only,
    ),
    Mistake(
        "Only the first picture gets its share: go over all N.",
        _first_picture_only,
    ),
    Mistake(
        "All pictures get the same: picture n gets what dout[n] passes back.",
        lambda dout, *rest: input_gradient(np.broadcast_to(dout.sum(axis=0), dout.shape), *rest),
    ),
    Mistake(UPHILL, lambda *arguments: -input_gradient(*arguments)),
    Mistake(CUT, where_whole(1, _cut_sums)),
    Mistake(CUT, where_whole(0, _cut_sums)),
)
