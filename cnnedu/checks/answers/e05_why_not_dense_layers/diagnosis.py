"""`diagnose`: the reference and the well-known mistakes."""

import numpy as np

from cnnedu.checks.answers.e05_why_not_dense_layers.matrix import conv_matrix
from cnnedu.checks.case import Mistake


def diagnose(M, H, W, KH, KW):
    """Count the weights to cut and the outputs to tie."""
    outside, windows = taken_apart(M, H, W, KH, KW)
    others = np.abs(windows - windows[0]).max(axis=1) > 1e-9
    return [int((np.abs(outside) > 1e-9).sum()), int(others.sum())]


def taken_apart(M, H, W, KH, KW):
    """Return all weights with zeros inside the windows, and the windows, (outputs, KH·KW)."""
    inside = conv_matrix(np.ones((KH, KW)), H, W) > 0
    return np.where(inside, 0, M), M[inside].reshape(len(M), KH * KW)


def _counts(cut, tie):
    """Make a mistake of two other counts, each a function of what `taken_apart` returns."""

    def wrong(M, H, W, KH, KW):
        parts = taken_apart(M, H, W, KH, KW)
        return [int(cut(*parts)), int(tie(*parts))]

    return wrong


def _to_cut(outside, windows):
    return np.count_nonzero(outside)


def _to_tie(outside, windows):
    return np.any(windows != windows[0], axis=1).sum()


def _not_the_first_row_moved(M, H, W, KH, KW):
    moved = [np.roll(M[0], k) for k in range(len(M))]
    return [diagnose(M, H, W, KH, KW)[0], int(np.any(M != moved, axis=1).sum())]


def _zeros_count_as_cut(M, H, W, KH, KW):
    left = np.count_nonzero(M) - len(M) * KH * KW
    return [left, diagnose(M, H, W, KH, KW)[1]]


MISTAKES = (
    Mistake(
        "The order is the other way round: first the weights to cut, then the outputs to tie.",
        lambda *given: diagnose(*given)[::-1],
    ),
    Mistake(
        "You counted the outputs that have something to cut; count the weights.",
        _counts(lambda outside, windows: outside.any(axis=1).sum(), _to_tie),
    ),
    Mistake(
        "You counted the weights that remain to be tied; count the outputs.",
        _counts(_to_cut, lambda outside, windows: (windows != windows[0]).sum()),
    ),
    Mistake(
        "You compared each output with the one before it; compare all with output 0.",
        _counts(_to_cut, lambda outside, windows: np.diff(windows, axis=0).any(axis=1).sum()),
    ),
    Mistake(
        "You compared the sums of the windows; compare weight by weight.",
        _counts(
            _to_cut,
            lambda outside, windows: (np.abs(windows.sum(axis=1) - windows[0].sum()) > 1e-9).sum(),
        ),
    ),
    Mistake(
        "You compared the windows without their order; the same weights elsewhere in the "
        "window are other weights.",
        _counts(
            _to_cut,
            lambda outside, windows: np.any(
                np.sort(windows, axis=1) != np.sort(windows[0]), axis=1
            ).sum(),
        ),
    ),
    Mistake(
        "You counted the outputs that have the same weights; count those that have others.",
        _counts(_to_cut, lambda *parts: len(parts[1]) - _to_tie(*parts)),
    ),
    Mistake(
        "A weight outside the window may be negative: look at its size, without the sign.",
        _counts(lambda outside, windows: (outside > 1e-9).sum(), _to_tie),
    ),
    Mistake(
        "A weight may also be smaller than output 0's: look at the size of the difference.",
        _counts(
            _to_cut,
            lambda outside, windows: np.any(windows - windows[0] > 1e-9, axis=1).sum(),
        ),
    ),
    Mistake(
        "Look at the sizes of weights and of differences, without their signs; both may be "
        "negative.",
        _counts(
            lambda outside, windows: (outside > 1e-9).sum(),
            lambda outside, windows: np.any(windows - windows[0] > 1e-9, axis=1).sum(),
        ),
    ),
    Mistake(
        "You compared whole rows, moved by one place each. Where the window starts a new row "
        "of the picture, it moves by KW places; and what remains to be cut isn't in the window.",
        _not_the_first_row_moved,
    ),
    Mistake(
        "Weights may be 0 inside a window: don't take the window's weights for granted, look "
        "where those outside it lie.",
        _zeros_count_as_cut,
    ),
    Mistake(
        "You compared whole rows of windows and all: only the weights inside the windows count "
        "for what is to be tied.",
        _counts(
            _to_cut,
            lambda outside, windows: (
                np.any(windows != windows[0], axis=1) | outside.any(axis=1)
            ).sum(),
        ),
    ),
)
