"""The gradient estimated from differences of the loss, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.answers.whole_numbers import where_whole
from cnnedu.checks.case import Mistake


def numeric_gradient(x, w, h):
    """Return the gradient of Σ tanh(correlate2d(x, w)) with respect to w, estimated."""
    return _differences(x, w, h, -h) / (2 * h)


def _loss(x, w):
    windows = np.lib.stride_tricks.sliding_window_view(x, np.shape(w))
    return np.tanh((windows * w).sum(axis=(2, 3))).sum()


def _differences(x, w, above, below, stored=np.asarray):
    """Return loss(w + above·e) − loss(w + below·e) for each weight.

    `stored` says what becomes of weights that are moved.
    """
    found = np.empty(w.shape)
    for index in np.ndindex(w.shape):
        e = np.zeros(w.shape)
        e[index] = 1
        found[index] = _loss(x, stored(w + above * e)) - _loss(x, stored(w + below * e))
    return found


def _left_below(x, w, h):
    """Step up and down, but don't put the weight back before the next one."""
    found, moved = np.empty(w.shape), w.astype(float)
    for index in np.ndindex(w.shape):
        moved[index] += h
        above = _loss(x, moved)
        moved[index] -= 2 * h
        found[index] = (above - _loss(x, moved)) / (2 * h)
    return found


def _both_left(x, w, h):
    """Keep one copy that steps up and one that steps down; put back neither."""
    found, above, below = np.empty(w.shape), w.astype(float), w.astype(float)
    for index in np.ndindex(w.shape):
        above[index] += h
        below[index] -= h
        found[index] = (_loss(x, above) - _loss(x, below)) / (2 * h)
    return found


NOT_PUT_BACK = "You don't put a weight back before you move the next one."

MISTAKES = (
    Mistake(
        "That is the difference on one side: subtract L(w − h), not L(w), and divide by 2h.",
        lambda x, w, h: _differences(x, w, h, 0) / h,
    ),
    Mistake(
        "That is the difference on one side: begin with L(w + h), not L(w), and divide by 2h.",
        lambda x, w, h: _differences(x, w, 0, -h) / h,
    ),
    Mistake(
        "The two points are 2h apart: divide by 2h, not by h.",
        lambda x, w, h: _differences(x, w, h, -h) / h,
    ),
    Mistake(
        "`/ 2 * h` divides by 2 and then multiplies by h: write `/ (2 * h)`.",
        lambda x, w, h: _differences(x, w, h, -h) / 2 * h,
    ),
    Mistake(
        "You divided by 2 alone: divide by 2h.",
        lambda x, w, h: _differences(x, w, h, -h) / 2,
    ),
    Mistake(
        "You haven't divided the difference by 2h yet.",
        lambda x, w, h: _differences(x, w, h, -h),
    ),
    Mistake(
        "The sign is wrong: subtract the loss below from the loss above.",
        lambda x, w, h: -numeric_gradient(x, w, h),
    ),
    Mistake(
        "Your step isn't `h`: that is the slope itself, or that of a far smaller step.",
        lambda x, w, h: numeric_gradient(x, w, 1e-5),
    ),
    Mistake(
        "You move all weights at once; move one at a time, and leave the others as they are.",
        lambda x, w, h: np.full(w.shape, (_loss(x, w + h) - _loss(x, w - h)) / (2 * h)),
    ),
    Mistake(NOT_PUT_BACK, _left_below),
    Mistake(NOT_PUT_BACK, _both_left),
    Mistake(
        "w holds whole numbers, and so does `w.copy()`: it cuts off the fraction of what you "
        "put into it. Copy with `w.astype(float)`.",
        where_whole(1, lambda x, w, h: _differences(x, w, h, -h, stored=np.trunc) / (2 * h)),
    ),
    Mistake(
        "w holds whole numbers, and so does what `zeros_like(w)` makes: it cuts off fractions. "
        "Write `np.zeros(w.shape)`.",
        where_whole(1, lambda x, w, h: np.zeros(w.shape)),
    ),
)
