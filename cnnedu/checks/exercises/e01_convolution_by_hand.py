"""Exercise 01: the references, the right answers by hand and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import correlate2d


def flip(w):
    """Flip a kernel in both axes."""
    return np.rot90(w, 2)


_RIGHT = np.array([[0, -3, 0], [1, -2, -1], [1, -1, -1]])

BY_HAND = {"by_hand": _RIGHT}
BY_HAND_MISTAKES = {
    "by_hand": (
        (
            -_RIGHT,
            "every sign is the wrong way round: it is right minus left, not left minus right",
        ),
        (_RIGHT.T, "rows and columns are swapped: the first index is the row"),
    ),
}


def _without_last_row_and_column(x, w):
    """Stop one row and one column too early, as `range(H - KH)` does."""
    return correlate2d(x, w)[:-1, :-1]


def _last_product_only(x, w):
    """Return the last product of each window in place of their sum."""
    x, w = np.asarray(x), np.asarray(w)
    return x[w.shape[0] - 1 :, w.shape[1] - 1 :] * w[-1, -1]


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
            "You padded the picture with zeros; here the window stays inside the picture.",
            lambda x, w: correlate2d(np.pad(x, [(s // 2, (s - 1) // 2) for s in w.shape]), w),
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
    ),
}
