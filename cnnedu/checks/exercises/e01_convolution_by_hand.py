"""Well-known wrong answers of exercise 01."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import correlate2d


def _without_last_row_and_column(x, w):
    """Stop one row and one column too early, as `range(H - KH)` does."""
    return correlate2d(x, w)[:-1, :-1]


def _without_sum(x, w):
    """Keep only the last product of each window."""
    x, w = np.asarray(x), np.asarray(w)
    return x[w.shape[0] - 1 :, w.shape[1] - 1 :] * w[-1, -1]


CORRELATE2D = (
    Mistake(
        "You flipped the kernel: that is mathematical convolution; here cross-correlation is "
        "asked for, so lay the kernel down as it is.",
        lambda x, w: correlate2d(x, w[::-1, ::-1]),
    ),
    Mistake(
        "That is one row and one column short: the last window starts at H − KH, so the loop "
        "is `range(H - KH + 1)`.",
        _without_last_row_and_column,
    ),
    Mistake(
        "You took the mean of the products; here their sum is asked for.",
        lambda x, w: correlate2d(x, w) / w.size,
    ),
    Mistake(
        "Rows and columns are exchanged: out[i, j] looks at the window whose top row is i and "
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
        "Each output holds one product only: add up all KH·KW products of the window.",
        _without_sum,
    ),
    Mistake(
        "You took absolute values; the sign says on which side there is more ink.",
        lambda x, w: np.abs(correlate2d(x, w)),
    ),
)

FLIP = (
    Mistake(
        "Only the rows changed places; flip the columns as well.",
        lambda w: w[::-1],
    ),
    Mistake(
        "Only the columns changed places; flip the rows as well.",
        lambda w: w[:, ::-1],
    ),
    Mistake(
        "That is the transpose: it mirrors the kernel in its diagonal. Flip rows and columns.",
        lambda w: w.T,
    ),
    Mistake(
        "You changed the sign; flip the positions of the weights instead.",
        lambda w: -w,
    ),
    Mistake(
        "The kernel came back unchanged.",
        lambda w: w,
    ),
)
