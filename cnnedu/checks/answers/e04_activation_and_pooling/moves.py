"""Exercise 04: how well one map fits another, moved along; the well-known mistakes."""

from itertools import product

import numpy as np

from cnnedu.checks.case import Mistake


def _shifted(a, rows, columns):
    return np.roll(a, (rows, columns), axis=(-2, -1))


def _moves(before):
    return product(*map(range, before.shape[1:]))


def _length(a):
    return np.sqrt(np.sum(np.square(a, dtype=float)))


def left_over(before, after):
    """Return the least change, however the maps are moved along: a share of their length."""
    gaps = [_length(after - _shifted(before, *move)) for move in _moves(before)]
    return min(gaps) / _length(before)


def _left_over_along(axis):
    """Move the maps along one axis only."""

    def wrong(before, after):
        moved = [np.roll(before, k, axis=axis) for k in range(before.shape[axis])]
        return min(_length(after - m) for m in moved) / _length(before)

    return wrong


def _each_channel_alone(before, after):
    """Let each channel move to where it fits best."""
    gaps = [
        min(_length(a - _shifted(b, *move)) for move in _moves(before))
        for b, a in zip(before, after, strict=True)
    ]
    return _length(gaps) / _length(before)


def _mean_over_channels(before, after):
    """Return the mean of what is left over in each channel."""
    return np.mean([left_over(b[None], a[None]) for b, a in zip(before, after, strict=True)])


def _without_ring(before, after):
    """Fill up with zeros what a move leaves empty, in place of what falls off the other side."""
    gaps = []
    for rows, columns in _moves(before):
        for down, right in product(
            (rows, rows - before.shape[1]), (columns, columns - before.shape[2])
        ):
            moved = _shifted(before, rows, columns).astype(float)
            moved[:, : max(down, 0)] = moved[:, before.shape[1] + min(down, 0) :] = 0
            moved[..., : max(right, 0)] = moved[..., before.shape[2] + min(right, 0) :] = 0
            gaps.append(_length(after - moved))
    return min(gaps) / _length(before)


MISTAKES = (
    Mistake(
        "That is the change with the maps left where they are; move `before` along first.",
        lambda before, after: _length(after - before) / _length(before),
    ),
    Mistake(
        "You moved the maps to the right only; try every move down as well.",
        _left_over_along(2),
    ),
    Mistake(
        "You moved the maps down only; try every move to the right as well.",
        _left_over_along(1),
    ),
    Mistake(
        "Each channel moved by itself; all channels of a map move together.",
        _each_channel_alone,
    ),
    Mistake(
        "That is a mean over the channels; take one length over all numbers.",
        _mean_over_channels,
    ),
    Mistake(
        "Divide by the length of `before`, not of `after`.",
        lambda before, after: left_over(before, after) * _length(before) / _length(after),
    ),
    Mistake(
        "That is a length; divide it by the length of `before`.",
        lambda before, after: left_over(before, after) * _length(before),
    ),
    Mistake(
        "A length is the root of the sum of squares: the root is missing.",
        lambda before, after: left_over(before, after) ** 2,
    ),
    Mistake(
        "Those are sums of sizes; a length is the root of the sum of squares.",
        lambda before, after: (
            min(abs(after - _shifted(before, *move)).sum() for move in _moves(before))
            / abs(before).sum()
        ),
    ),
    Mistake(
        "You filled up with zeros; on a ring, what leaves on one side comes in on the other.",
        _without_ring,
    ),
    Mistake(
        "That is the largest change of all moves; take the least.",
        lambda before, after: (
            max(_length(after - _shifted(before, *move)) for move in _moves(before))
            / _length(before)
        ),
    ),
)
