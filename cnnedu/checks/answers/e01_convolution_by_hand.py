"""Exercise 01: the references, the right answers by hand and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.data import edge_kernel
from cnnedu.kernels import correlate2d


def flip(w):
    """Flip a kernel in both axes."""
    return np.rot90(w, 2)


_RIGHT = np.array([[0, -3, 0], [1, -2, -1], [1, -1, -1]])
_PICTURE = np.array([[0, 1, 0, 0, 0]] * 3 + [[0, 1, 1, 1, 0], [0, 0, 0, 0, 0]])
_MIDDLE_ROWS = correlate2d(_PICTURE[1:-1], edge_kernel()[:1])

BY_HAND = {"by_hand": _RIGHT}
BY_HAND_MISTAKES = {
    "by_hand": (
        (
            -_RIGHT,
            "every sign is the wrong way round: it is right minus left, not left minus right",
        ),
        (_RIGHT.T, "rows and columns are swapped: the first index is the row"),
        (abs(_RIGHT), "more ink on the left than on the right makes a negative number"),
        (_RIGHT / 3, "add the three rows up; don't take their mean"),
        (_RIGHT / 9, "add the nine products up; don't take their mean"),
        (
            correlate2d(_PICTURE, edge_kernel().T),
            "you took the bottom row minus the top row; this kernel is the right column minus the "
            "left one",
        ),
        (
            _MIDDLE_ROWS,
            "you used the middle row of each window only; add up all three",
        ),
    ),
}


def _without_last_row_and_column(x, w):
    """Stop one row and one column too early, as `range(H - KH)` does."""
    return correlate2d(x, w)[:-1, :-1]


def _last_product_only(x, w):
    """Return the last product of each window in place of their sum."""
    x, w = np.asarray(x), np.asarray(w)
    return x[w.shape[0] - 1 :, w.shape[1] - 1 :] * w[-1, -1]


def _first_window_only(x, w):
    """Multiply the kernel with the window at row 0, column 0 every time."""
    out = correlate2d(x, w)
    return np.full(out.shape, out[0, 0])


def _stopped_after(rows, columns, x, w):
    """Fill in the first rows and columns alone, as a `return` inside a loop does."""
    out = np.zeros_like(correlate2d(x, w))
    out[:rows, :columns] = correlate2d(x, w)[:rows, :columns]
    return out


def _sums_go_on(x, w):
    """Begin the sum of an output with that of the one before."""
    out = correlate2d(x, w)
    return out.cumsum().reshape(out.shape)


def _without_last_taps(x, w):
    """Leave out the kernel's last row and column, as `range(KH - 1)` does."""
    w = np.array(w)
    w[-1], w[:, -1] = 0, 0
    return correlate2d(x, w)


def _overwritten(w):
    """Turn the weights in one array, reading what was written there before."""
    w, (height, width) = np.array(w), w.shape
    for u, v in np.ndindex(height, width):
        w[u, v] = w[height - 1 - u, width - 1 - v]
    return w


_PADDED = "You padded the picture with zeros; here the window stays inside the picture."
_TOO_EARLY = "Only the first output or the first row is filled in: is the `return` inside a loop?"


MISTAKES = {
    "correlate2d": (
        Mistake(
            "You flipped the kernel, as mathematical convolution does; cross-correlation uses it "
            "as it is.",
            lambda x, w: correlate2d(x, w[::-1, ::-1]),
        ),
        Mistake(
            "That is one row and one column short: the last window starts at H − KH, so the loop "
            "is `range(H - KH + 1)`.",
            _without_last_row_and_column,
        ),
        Mistake(
            "You took the mean of the products; add them up instead.",
            lambda x, w: correlate2d(x, w) / w.size,
        ),
        Mistake(
            "Rows and columns are swapped: out[i, j] looks at the window whose top row is i and "
            "whose left column is j.",
            lambda x, w: correlate2d(x, w).T,
        ),
        Mistake(
            "The kernel is transposed: its first index counts rows, as the picture's does.",
            lambda x, w: correlate2d(x, w.T) if w.shape[0] == w.shape[1] else None,
        ),
        Mistake(
            _PADDED,
            lambda x, w: correlate2d(np.pad(x, [(s // 2, (s - 1) // 2) for s in w.shape]), w),
        ),
        Mistake(
            _PADDED,
            lambda x, w: correlate2d(np.pad(x, [((s - 1) // 2, s // 2) for s in w.shape]), w),
        ),
        Mistake(
            _PADDED, lambda x, w: correlate2d(np.pad(x, [(s // 2, s // 2) for s in w.shape]), w)
        ),
        Mistake(_PADDED, lambda x, w: correlate2d(np.pad(x, [(s - 1, s - 1) for s in w.shape]), w)),
        Mistake(
            "Every output comes from the window at row 0, column 0: the window starts at row i, "
            "column j.",
            _first_window_only,
        ),
        Mistake(_TOO_EARLY, lambda x, w: _stopped_after(1, 1, x, w)),
        Mistake(_TOO_EARLY, lambda x, w: _stopped_after(1, None, x, w)),
        Mistake(
            "Each output holds the sums of those before it, too: start each sum from 0.",
            _sums_go_on,
        ),
        Mistake(
            "You added up the pixels of the window; multiply each by its weight first.",
            lambda x, w: correlate2d(x, np.ones(w.shape)),
        ),
        Mistake(
            "You added the weights to the pixels; multiply each pixel by its weight.",
            lambda x, w: correlate2d(x, np.ones(w.shape)) + w.sum(),
        ),
        Mistake(
            "The kernel's last row and column are left out: its loops are `range(KH)` and "
            "`range(KW)`.",
            _without_last_taps,
        ),
        Mistake(
            "Your windows lie side by side; each starts one row or one column after the last, so "
            "they overlap.",
            lambda x, w: correlate2d(x, w)[:: w.shape[0], :: w.shape[1]],
        ),
        Mistake(
            "You cut negative outputs off; here they stay.",
            lambda x, w: np.maximum(correlate2d(x, w), 0),
        ),
        Mistake(
            "Each output holds only one product: add up all KH·KW products of the window.",
            _last_product_only,
        ),
        Mistake(
            "You took absolute values; the sign says which side has more ink.",
            lambda x, w: np.abs(correlate2d(x, w)),
        ),
    ),
    "flip": (
        Mistake("Only the rows changed places; flip the columns as well.", lambda w: w[::-1]),
        Mistake("Only the columns changed places; flip the rows as well.", lambda w: w[:, ::-1]),
        Mistake(
            "That is the transpose: it mirrors the kernel along its diagonal. Flip rows and "
            "columns.",
            lambda w: w.T,
        ),
        Mistake("You changed the signs; flip the positions of the weights instead.", lambda w: -w),
        Mistake("The kernel came back unchanged.", lambda w: w),
        Mistake("That is a quarter turn; make it a half turn.", lambda w: np.rot90(w)),
        Mistake("That is a quarter turn; make it a half turn.", lambda w: np.rot90(w, -1)),
        Mistake(
            "That mirrors the kernel along its other diagonal; flip rows and columns.",
            lambda w: np.rot90(w, 2).T,
        ),
        Mistake(
            "The order is right, but all weights are in one row: keep the kernel's shape.",
            lambda w: w.ravel()[::-1],
        ),
        Mistake(
            "The positions are right; the signs should stay as they are.",
            lambda w: -np.rot90(w, 2),
        ),
        Mistake(
            "`-u` is one place off, since place −0 is the first: take KH − 1 − u, and KW − 1 − v.",
            lambda w: np.roll(np.rot90(w, 2), 1, axis=(0, 1)),
        ),
        Mistake(
            "Weights were overwritten before they had moved: write into a new array.",
            _overwritten,
        ),
        Mistake(
            "You sorted the weights; change their places without looking at their values.",
            lambda w: np.sort(w, axis=None)[::-1].reshape(w.shape),
        ),
    ),
}
