"""Exercise 02: the references, the right answers by hand and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import conv2d

_SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def filter_bank(x, filters):
    """Return one map for each filter."""
    return conv2d(x[None, None], filters[:, None])[0]


def conv(x, w, b):
    """Return the maps of a layer, with its biases."""
    return conv2d(x[None], w)[0] + b[:, None, None]


def _gradients(x, kernel=_SOBEL):
    """Return the maps of a kernel and of its transpose."""
    return filter_bank(x, np.stack([kernel, kernel.T]))


def sobel_magnitude(x):
    """Return the strength of the edge in each window."""
    return np.hypot(*_gradients(x))


_RIGHT = np.array([[6, 7], [27, -9], [27, 18]])  # blur, Sobel, Laplacian

BY_HAND = {"by_hand": _RIGHT}
BY_HAND_MISTAKES = {
    "by_hand": (
        (_RIGHT.T, "it needs one row per kernel, three rows of two numbers"),
        (_RIGHT * [[9], [1], [1]], "the blur takes the mean: divide its sums by 9"),
        (_RIGHT * [[1], [-1], [1]], "Sobel is right minus left, not left minus right"),
        (_RIGHT * [[1], [1], [-1]], "the Laplacian is 8 times the middle minus the others"),
    ),
}


MISTAKES = {
    "filter_bank": (
        Mistake(
            "You flipped the kernel, as mathematical convolution does; cross-correlation uses it "
            "as it is.",
            lambda x, filters: filter_bank(x, filters[:, ::-1, ::-1]),
        ),
        Mistake(
            "You added the maps up; every filter gives a map of its own, so the result has shape "
            "(F, OH, OW).",
            lambda x, filters: filter_bank(x, filters).sum(axis=0),
        ),
        Mistake(
            "The filters are on the last axis; they belong on the first: (F, OH, OW).",
            lambda x, filters: filter_bank(x, filters).transpose(1, 2, 0),
        ),
        Mistake(
            "Every map comes from the first filter: use `filters[f]` inside the loop.",
            lambda x, filters: filter_bank(x, np.repeat(filters[:1], len(filters), axis=0)),
        ),
        Mistake(
            "Only the last map is filled in: write into `out[f]`.",
            lambda x, filters: (
                np.concatenate([0 * filter_bank(x, filters[:-1]), filter_bank(x, filters[-1:])])
                if len(filters) > 1
                else None
            ),
        ),
    ),
    "conv": (
        Mistake(
            "You flipped the kernel, as mathematical convolution does; cross-correlation uses it "
            "as it is.",
            lambda x, w, b: conv(x, w[:, :, ::-1, ::-1], b),
        ),
        Mistake(
            "You forgot the bias: add b[f] to every number of map f.",
            lambda x, w, b: conv(x, w, 0 * b),
        ),
        Mistake(
            "You added the bias once per channel; add it once, after you have summed the channels.",
            lambda x, w, b: conv(x, w, len(x) * b),
        ),
        Mistake(
            "You took the mean over the channels; add them up instead.",
            lambda x, w, b: conv(x, w / len(x), b),
        ),
        Mistake(
            "Only the first channel is used: add up all C of them.",
            lambda x, w, b: conv(x[:1], w[:, :1], b),
        ),
        Mistake(
            "Only the last channel counts: add to `out[f]` with +=, don't overwrite it.",
            lambda x, w, b: conv(x[-1:], w[:, -1:], b),
        ),
        Mistake(
            "Every channel is filtered with the slice for channel 0: use w[f, c] for channel c.",
            lambda x, w, b: conv(x, np.repeat(w[:, :1], len(x), axis=1), b),
        ),
    ),
    "sobel_magnitude": (
        Mistake(
            "That is g_x alone: it misses all horizontal edges. Take √(g_x² + g_y²).",
            lambda x: _gradients(x)[0],
        ),
        Mistake(
            "That is |g_x| alone: it misses all horizontal edges. Take √(g_x² + g_y²).",
            lambda x: np.abs(_gradients(x)[0]),
        ),
        Mistake(
            "You added |g_x| and |g_y|; the magnitude is the length of the pair, √(g_x² + g_y²).",
            lambda x: np.abs(_gradients(x)).sum(axis=0),
        ),
        Mistake(
            "The square root is missing: √(g_x² + g_y²).",
            lambda x: (_gradients(x) ** 2).sum(axis=0),
        ),
        Mistake(
            "The middle row of Sobel's kernel counts twice; yours counts all three rows alike.",
            lambda x: np.hypot(*_gradients(x, np.array([[-1, 0, 1]] * 3))),
        ),
        Mistake(
            "You added g_x and g_y before squaring: square each of them first.",
            lambda x: np.abs(_gradients(x).sum(axis=0)),
        ),
    ),
}
