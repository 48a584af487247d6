"""Deletion: the hottest pixels replaced, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.case import Mistake


def deletion(x, heat, counts, fill):
    """Return one copy of x per count, its hottest pixels replaced; of equal ones the first."""
    return _covered(x, _hottest_first(heat), counts, fill)


def _hottest_first(heat):
    return np.argsort(-heat, axis=None, kind="stable")


def _covered(x, order, counts, fill, channels=slice(None)):
    """Return one copy of x per count, with so many pixels replaced, in the order given."""
    out = np.stack([x] * len(counts)).astype(float).reshape(len(counts), len(x), -1)
    for copy, count in zip(out, counts, strict=True):
        copy[channels, order[:count]] = fill
    return out.reshape(len(counts), *x.shape)


def _in_order(order):
    """Make a deletion that covers the pixels in another order."""
    return lambda x, heat, counts, fill: _covered(x, order(heat), counts, fill)


def _so_many(changed):
    """Make a deletion with other counts."""

    def wrong(x, heat, counts, fill):
        return deletion(x, heat, np.clip(changed(counts), 0, heat.size), fill)

    return wrong


def _first_channel(x, heat, counts, fill):
    return _covered(x, _hottest_first(heat), counts, fill, channels=0)


def _hottest_kept(x, heat, counts, fill):
    """Replace all *but* the hottest pixels."""
    return np.where(deletion(x * 0, heat, counts, 1) == 1, x, fill)


def _as_hot_as(x, heat, counts, fill):
    """Replace whatever is as hot as the last pixel that counts."""
    falling = np.sort(heat, axis=None)[::-1]
    return deletion(x, heat, [np.sum(heat >= falling[n - 1]) if n else 0 for n in counts], fill)


COLDEST = "Those are the *coldest* pixels: begin with the largest number of `heat`."
TIES_REVERSED = (
    "Of equally hot pixels the first in reading order comes first; turning the order of an "
    "`argsort` round turns that round, too. Sort `-heat`."
)
SAME_ARRAY = "All your pictures are the same array; make a copy for each count."

MISTAKES = (
    Mistake(COLDEST, _in_order(lambda heat: np.argsort(heat, axis=None, kind="stable"))),
    Mistake(COLDEST, _in_order(lambda heat: np.argsort(heat, axis=None))),
    Mistake(
        "You sorted the heat without its signs; the largest numbers are the hottest.",
        _in_order(lambda heat: _hottest_first(abs(heat))),
    ),
    Mistake(TIES_REVERSED, _in_order(lambda heat: np.argsort(heat, axis=None)[::-1])),
    Mistake(
        TIES_REVERSED, _in_order(lambda heat: np.argsort(heat, axis=None, kind="stable")[::-1])
    ),
    Mistake(
        "Of equally hot pixels the first in reading order comes first; `argsort` keeps to that "
        'only with kind="stable".',
        _in_order(lambda heat: np.argsort(-heat, axis=None)),
    ),
    Mistake(
        "You covered all pixels that are as hot as the last one, so there are too many of them.",
        _as_hot_as,
    ),
    Mistake("Replace all channels of a pixel, not just the first.", _first_channel),
    Mistake(
        "Give the replaced pixels the value `fill`, not 0.",
        lambda x, heat, counts, fill: deletion(x, heat, counts, 0),
    ),
    Mistake("That keeps the hottest pixels and replaces the others.", _hottest_kept),
    Mistake(
        "Start each picture from a fresh copy of x: the counts don't add up.",
        _so_many(np.cumsum),
    ),
    Mistake(
        "A picture goes on where the one before has ended; start each from a fresh copy of x.",
        _so_many(np.maximum.accumulate),
    ),
    Mistake(SAME_ARRAY, _so_many(lambda counts: [max(counts)] * len(counts))),
    Mistake(SAME_ARRAY, _so_many(lambda counts: [counts[-1]] * len(counts))),
    Mistake("Keep the counts in the order given, don't sort them.", _so_many(np.sort)),
    Mistake(
        "One pixel too many is covered: count n means n pixels.",
        _so_many(lambda counts: np.add(counts, 1)),
    ),
    Mistake(
        "One pixel too few is covered: count n means n pixels.",
        _so_many(lambda counts: np.subtract(counts, 1)),
    ),
)
