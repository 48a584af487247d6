"""Well-known wrong answers in the exercise of lesson 02."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import conv2d

_SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
_FLIPPED = (
    "You flipped the kernel: that is mathematical convolution; here cross-correlation is asked "
    "for, so lay the kernel down as it is."
)


def _bank(x, filters):
    return conv2d(x[None, None], filters[:, None])[0]


def _conv(x, w, b):
    return conv2d(x[None], w)[0] + b[:, None, None]


def _gradients(x, kernel=_SOBEL):
    return _bank(x, np.stack([kernel, kernel.T]))


FILTER_BANK = (
    Mistake(_FLIPPED, lambda x, filters: _bank(x, filters[:, ::-1, ::-1])),
    Mistake(
        "You added the maps up; every filter keeps a map of its own, so the result has shape "
        "(F, OH, OW).",
        lambda x, filters: _bank(x, filters).sum(axis=0),
    ),
    Mistake(
        "The filters stand on the last axis; here they come first: (F, OH, OW).",
        lambda x, filters: _bank(x, filters).transpose(1, 2, 0),
    ),
    Mistake(
        "Every map is that of the first filter: use `filters[f]` inside the loop.",
        lambda x, filters: _bank(x, np.repeat(filters[:1], len(filters), axis=0)),
    ),
    Mistake(
        "Only the last map is filled in: write into `out[f]`.",
        lambda x, filters: (
            np.concatenate([0 * _bank(x, filters[:-1]), _bank(x, filters[-1:])])
            if len(filters) > 1
            else None
        ),
    ),
)

CONV = (
    Mistake(_FLIPPED, lambda x, w, b: _conv(x, w[:, :, ::-1, ::-1], b)),
    Mistake(
        "You forgot the bias: add b[f] to every number of map f.",
        lambda x, w, b: _conv(x, w, 0 * b),
    ),
    Mistake(
        "You added the bias once per channel; it is added once, after the channels are summed.",
        lambda x, w, b: _conv(x, w, len(x) * b),
    ),
    Mistake(
        "You took the mean over the channels; here their sum is asked for.",
        lambda x, w, b: _conv(x, w / len(x), b),
    ),
    Mistake(
        "Only the first channel is looked at: add up all C of them.",
        lambda x, w, b: _conv(x[:1], w[:, :1], b),
    ),
    Mistake(
        "Only the last channel counts: add to `out[f]` with +=, don't overwrite it.",
        lambda x, w, b: _conv(x[-1:], w[:, -1:], b),
    ),
    Mistake(
        "Every channel is filtered with the slice for channel 0: use w[f, c] for channel c.",
        lambda x, w, b: _conv(x, np.repeat(w[:, :1], len(x), axis=1), b),
    ),
)

SOBEL_MAGNITUDE = (
    Mistake(
        "That is g_x alone: it misses all horizontal edges. Take √(g_x² + g_y²).",
        lambda x: _gradients(x)[0],
    ),
    Mistake(
        "That is the size of g_x alone: it misses all horizontal edges. Take √(g_x² + g_y²).",
        lambda x: np.abs(_gradients(x)[0]),
    ),
    Mistake(
        "You added up the sizes |g_x| + |g_y|; the magnitude is the long side of the triangle, "
        "√(g_x² + g_y²).",
        lambda x: np.abs(_gradients(x)).sum(axis=0),
    ),
    Mistake(
        "The square root is missing: √(g_x² + g_y²).",
        lambda x: (_gradients(x) ** 2).sum(axis=0),
    ),
    Mistake(
        "The middle row of Sobel's kernel counts twice; yours counts all three alike.",
        lambda x: np.hypot(*_gradients(x, np.array([[-1, 0, 1]] * 3))),
    ),
    Mistake(
        "You added g_x and g_y before squaring: square each of them first.",
        lambda x: np.abs(_gradients(x).sum(axis=0)),
    ),
)
