"""Exercise 04: the right predictions by hand and the well-known mistakes."""

import math

import numpy as np

from cnnedu.checks.by_hand import Question, usual
from cnnedu.checks.value import Value

TOLERANCE = 0.0051  # two digits after the point


def _draw(draw):
    """Draw two pixels, the darker one first, and place them so that a pair parts them."""
    while True:
        dark, light = sorted(draw.some_of(range(2, 21), 2))
        if math.gcd(dark, light) == 1:
            return 2 * draw.whole(0, 3) + 1, dark, light


def _row(place, dark, light):
    return np.roll([dark, light, 0, 0, 0, 0, 0, 0], place)


def _pooled(row):
    return row.reshape(4, 2).max(axis=1)


def _at_home_and_moved(row):
    return np.array([_pooled(np.roll(row, shift)) for shift in range(3)])


def _pooled_mistakes(row, pooled):
    home = pooled[0]
    pairs = [np.roll(row, shift).reshape(4, 2) for shift in (1, 2)]
    left = [_pooled(np.roll(row, -shift)) for shift in (1, 2)]
    fell_off = [_pooled(np.append(row[shift:], [0] * shift)) for shift in (1, 2)]
    to_the_left = "you moved the row to the left; the move goes to the right"
    return (
        (
            [np.roll(home, shift) for shift in range(3)],
            "you moved the pooled map; move the pixels, then pool them",
        ),
        ([home] * 3, "you took pooling for invariant; move the pixels, then pool them"),
        ([home, *left], to_the_left),
        ([home, *fell_off], to_the_left),
        (
            [row.reshape(4, 2).mean(axis=1), *(pair.mean(axis=1) for pair in pairs)],
            "those are the means of the pairs; take the larger number",
        ),
        (
            [home, *(pair.sum(axis=1) for pair in pairs)],
            "those are the sums of the pairs; take the larger number",
        ),
    )


def _change_and_left_over(home, new, length):
    """Return what a measure of length says of the change, and of what is left over of it."""
    moved = [length(new - np.roll(home, shift)) for shift in range(4)]
    return [moved[0], min(moved)]


def _left_mistakes(pooled, left):
    home, new, _ = pooled
    of_home, of_new = np.linalg.norm(home), np.linalg.norm(new)
    sums = [
        _change_and_left_over(home, new, lambda d: abs(d).sum() / home.sum()) for new in pooled[1:]
    ]
    return (
        (left**2, "take the root of the sums of squares"),
        (of_home * left, "divide by the length of the map at home"),
        (100 * left, "write shares, not per cent"),
        (np.round(100 * left), "write shares, not per cent"),
        (left[:, ::-1], "in each row the change comes first, and what is left over second"),
        (sums, "those are shares of sums; a length is the root of the sum of squares"),
        (
            left[:, [0, 0]],
            "for what is left over, move the map from home along to where it fits best",
        ),
        (
            [left[0] * of_home / of_new, left[1]],
            "divide by the length of the map at home, not of the other one",
        ),
    )


def _values(*numbers):
    row = _row(*numbers)
    pooled = _at_home_and_moved(row)
    of_home = np.linalg.norm(pooled[0])
    left = np.array(
        [
            _change_and_left_over(pooled[0], new, lambda d: np.linalg.norm(d) / of_home)
            for new in pooled[1:]
        ]
    )
    return (
        Value("pooled", pooled, mistakes=_pooled_mistakes(row, pooled)),
        Value("left", left, rtol=0, atol=TOLERANCE, mistakes=_left_mistakes(pooled, left)),
    )


def _shown(*numbers):
    row = _row(*numbers)
    home = ", ".join(map(str, _pooled(row)))
    return r",\; ".join(map(str, row)), f"The first row is a gift: $({home})$"


ROW = Question((1, 3, 4), _draw, _values, _shown)
BY_HAND, BY_HAND_MISTAKES = usual(ROW)
