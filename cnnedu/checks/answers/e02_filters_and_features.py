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
        (_RIGHT[:, ::-1], "column 0 comes first, then column 1"),
        (_RIGHT * [[9], [1], [1]], "the blur takes the mean: divide its sums by 9"),
        (_RIGHT / [[9], [1], [1]], "the blur's weights are 1/9 already: divide by 9 only once"),
        (
            _RIGHT / [[1], [9], [9]],
            "only the blur takes a mean; the other two add the products up",
        ),
        (
            [_RIGHT[0], [18, 0], _RIGHT[2]],
            "the middle row of Sobel's kernel counts twice; yours counts all three rows alike",
        ),
        (
            [_RIGHT[0], [27, 9], _RIGHT[2]],
            "you took Sobel's transpose, bottom minus top; the kernel shown is right minus left",
        ),
        (
            [*_RIGHT[:2], [18, 9]],
            "the Laplacian is 8 times the middle minus the eight others: leave the middle out of "
            "what you subtract",
        ),
        (_RIGHT * [[1], [-1], [1]], "Sobel is right minus left, not left minus right"),
        (_RIGHT * [[1], [1], [-1]], "the Laplacian is 8 times the middle minus the others"),
    ),
}


_FLIPPED = (
    "You flipped the kernel, as mathematical convolution does; cross-correlation uses it as it is."
)
_PADDED = "You padded the picture with zeros; here the window stays inside the picture."
_SHORT = (
    "That is one row and one column short: the last window starts at H − KH, so the loop is "
    "`range(H - KH + 1)`."
)
_MEAN = "You took the mean of the products; add them up instead."
_CUMULATIVE = "Map f still holds the sums of the maps before it: start each map from zero."


def _padded(x, size, most):
    """Lay zeros around the last two axes, half a window in all or on each side."""
    rings = [(s // 2, s // 2 if most else (s - 1) // 2) for s in size]
    return np.pad(x, [(0, 0)] * (x.ndim - 2) + rings)


def _all_of_the_first(maps):
    """Return the first map in place of each."""
    return np.repeat(maps[:1], len(maps), axis=0)


def _first_alone(maps):
    """Return the maps with zeros in all but the first; None if there is only one."""
    return np.concatenate([maps[:1], 0 * maps[1:]]) if len(maps) > 1 else None


def _last_alone(maps):
    """Return the maps with zeros in all but the last; None if there is only one."""
    return np.concatenate([0 * maps[:-1], maps[-1:]]) if len(maps) > 1 else None


MISTAKES = {
    "filter_bank": (
        Mistake(
            _FLIPPED,
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
            lambda x, filters: _all_of_the_first(filter_bank(x, filters)),
        ),
        Mistake(
            "Every map comes from the last filter: fill in a new array for each, or copy it.",
            lambda x, filters: _all_of_the_first(filter_bank(x, filters[::-1])),
        ),
        Mistake(
            "Only the last map is filled in: write into `out[f]`.",
            lambda x, filters: _last_alone(filter_bank(x, filters)),
        ),
        Mistake(
            "Only the first map is filled in: is the `return` inside the loop?",
            lambda x, filters: _first_alone(filter_bank(x, filters)),
        ),
        Mistake(
            "Only the first map came back: is the `return` inside the loop?",
            lambda x, filters: filter_bank(x, filters)[0],
        ),
        Mistake(
            "Only the last map came back; keep them all and stack them: (F, OH, OW).",
            lambda x, filters: filter_bank(x, filters)[-1],
        ),
        Mistake(_CUMULATIVE, lambda x, filters: np.cumsum(filter_bank(x, filters), axis=0)),
        Mistake(
            "The maps are one below the other; stack them along a new first axis: (F, OH, OW).",
            lambda x, filters: np.concatenate(filter_bank(x, filters)),
        ),
        Mistake(
            "Rows and columns of the maps are swapped.",
            lambda x, filters: filter_bank(x, filters).transpose(0, 2, 1),
        ),
        Mistake(_MEAN, lambda x, filters: filter_bank(x, filters) / filters[0].size),
        Mistake(_SHORT, lambda x, filters: filter_bank(x, filters)[:, :-1, :-1]),
        Mistake(
            _PADDED, lambda x, filters: filter_bank(_padded(x, filters.shape[1:], False), filters)
        ),
        Mistake(
            _PADDED, lambda x, filters: filter_bank(_padded(x, filters.shape[1:], True), filters)
        ),
    ),
    "conv": (
        Mistake(_FLIPPED, lambda x, w, b: conv(x, w[:, :, ::-1, ::-1], b)),
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
        Mistake(
            "You added the bias to every product; add it once, after you have summed them.",
            lambda x, w, b: conv(x, w, w[0].size * b),
        ),
        Mistake(
            "You added the bias to every product of a window; add it once, at the end.",
            lambda x, w, b: conv(x, w, w[0, 0].size * b),
        ),
        Mistake("You took the bias away; add it.", lambda x, w, b: conv(x, w, -b)),
        Mistake(
            "Every map gets the first bias: map f has its own, b[f].",
            lambda x, w, b: conv(x, w, 0 * b + b[0]),
        ),
        Mistake(
            "Every map gets the sum of all biases: map f has its own, b[f].",
            lambda x, w, b: conv(x, w, 0 * b + b.sum()),
        ),
        Mistake(
            "You multiplied by the bias; add it.",
            lambda x, w, b: conv(x, w, 0 * b) * b[:, None, None],
        ),
        Mistake(
            "Every map comes from the first filter: use `w[f]` inside the loop.",
            lambda x, w, b: conv(x, np.repeat(w[:1], len(w), axis=0), b),
        ),
        Mistake(
            "The channels are still apart; add them up, so that each filter gives one map.",
            lambda x, w, b: np.stack(
                [conv(x[[c]], w[:, [c]], b) for c in range(len(x))],
                axis=1,
            ),
        ),
        Mistake(
            "The filters are on the last axis; they belong on the first: (F, OH, OW).",
            lambda x, w, b: conv(x, w, b).transpose(1, 2, 0),
        ),
        Mistake(
            "Only the first map is filled in: is the `return` inside the loop?",
            lambda x, w, b: _first_alone(conv(x, w, b)),
        ),
        Mistake(
            "Only the first map came back: is the `return` inside the loop?",
            lambda x, w, b: conv(x, w, b)[0],
        ),
        Mistake(_CUMULATIVE, lambda x, w, b: np.cumsum(conv(x, w, b), axis=0)),
        Mistake(_CUMULATIVE, lambda x, w, b: conv(x, np.cumsum(w, axis=0), b)),
        Mistake(_MEAN, lambda x, w, b: conv(x, w / w[0].size, b)),
        Mistake(_MEAN, lambda x, w, b: conv(x, w / w[0, 0].size, b)),
        Mistake(_SHORT, lambda x, w, b: conv(x, w, b)[:, :-1, :-1]),
        Mistake(_PADDED, lambda x, w, b: conv(_padded(x, w.shape[2:], False), w, b)),
        Mistake(_PADDED, lambda x, w, b: conv(_padded(x, w.shape[2:], True), w, b)),
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
        Mistake(
            "You added g_x and g_y; the magnitude is the length of the pair, √(g_x² + g_y²).",
            lambda x: _gradients(x).sum(axis=0),
        ),
        Mistake(
            "That is g_y alone: it misses all vertical edges. Take √(g_x² + g_y²).",
            lambda x: _gradients(x)[1],
        ),
        Mistake(
            "That is |g_y| alone: it misses all vertical edges. Take √(g_x² + g_y²).",
            lambda x: np.abs(_gradients(x)[1]),
        ),
        Mistake(
            "You took the larger of |g_x| and |g_y|; the magnitude is √(g_x² + g_y²).",
            lambda x: np.abs(_gradients(x)).max(axis=0),
        ),
        Mistake(
            "That is the root of |g_x| + |g_y|: square g_x and g_y before you add them.",
            lambda x: np.sqrt(np.abs(_gradients(x)).sum(axis=0)),
        ),
        Mistake(
            "You took the mean of the two squares; the magnitude is the root of their sum.",
            lambda x: np.hypot(*_gradients(x)) / np.sqrt(2),
        ),
        Mistake(
            "Both answers are those of Sobel's kernel itself; g_y needs its transpose.",
            lambda x: np.hypot(*_gradients(x)[[0, 0]]),
        ),
        Mistake(
            "You divided Sobel's weights by 8 or by 4; use them as they are in part 1.",
            lambda x: np.hypot(*_gradients(x)) / 8,
        ),
        Mistake(
            "You divided Sobel's weights by 8 or by 4; use them as they are in part 1.",
            lambda x: np.hypot(*_gradients(x)) / 4,
        ),
        Mistake(_PADDED, lambda x: sobel_magnitude(np.pad(x, 1))),
        Mistake(
            "You padded the picture with its own edge; here the window stays inside the picture.",
            lambda x: sobel_magnitude(np.pad(x, 1, mode="edge")),
        ),
        Mistake(
            "That is one row and one column short: the last window starts at H − 3.",
            lambda x: sobel_magnitude(x)[:-1, :-1],
        ),
        Mistake(
            "Rows and columns of the map are swapped.",
            lambda x: sobel_magnitude(x).T,
        ),
    ),
}
