"""Saliency, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.case import Mistake


def saliency(x, w1, b1, w2, target):
    """Return |gradient| of a small network at each pixel, the largest of the channels."""
    return _largest(_slope(x, w1, b1, w2, target))


def _largest(slope):
    return np.abs(slope).max(axis=0)


def _hidden(x, w1, b1):
    return w1 @ x.ravel() + b1


def _slope(x, w1, b1, w2, target, passed=lambda h: h > 0):
    """Return the gradient, (C, H, W); `passed` says what the hidden units do to it."""
    return ((w2[target] * passed(_hidden(x, w1, b1))) @ w1).reshape(x.shape)


def _with_passed(passed):
    """Make a saliency whose hidden units pass on something else."""
    return lambda *arguments: _largest(_slope(*arguments, passed))


def _of_slope(taken):
    """Make a saliency that takes something else from the gradient."""
    return lambda *arguments: taken(_slope(*arguments))


def _with_logits(changed):
    """Make a saliency of changed(w2, hidden units, target): other weights, another target."""

    def wrong(x, w1, b1, w2, target):
        return saliency(x, w1, b1, *changed(w2, np.maximum(_hidden(x, w1, b1), 0), target))

    return wrong


def _each_unit_by_size(x, w1, b1, w2, target):
    """Add up the sizes of what each hidden unit says."""
    parts = (w2[target] * (_hidden(x, w1, b1) > 0))[:, None] * w1
    return _largest(np.abs(parts).sum(axis=0).reshape(x.shape))


def _channels_last(slope):
    """Take the channels of a pixel to be neighbours in x.ravel()."""
    return np.abs(slope.reshape(*slope.shape[1:], len(slope))).max(axis=2)


SIZE_FIRST = "Take the size of the gradient before you look for the largest channel."

MISTAKES = (
    Mistake(
        "The ReLU is missing: only hidden units above 0 pass the gradient on.",
        _with_passed(np.ones_like),
    ),
    Mistake(
        "A hidden unit at exactly 0 passes nothing on: ask for h > 0, not h ≥ 0.",
        _with_passed(lambda h: h >= 0),
    ),
    Mistake(
        "You multiplied by the hidden units; the slope of a ReLU is 1 above 0, and 0 below.",
        _with_passed(lambda h: np.maximum(h, 0)),
    ),
    Mistake(
        "That is guided back-propagation: a hidden unit passes on what is negative, too.",
        _with_logits(lambda w2, hidden, target: (np.maximum(w2, 0), target)),
    ),
    Mistake(SIZE_FIRST, _of_slope(lambda slope: slope.max(axis=0))),
    Mistake(SIZE_FIRST, _of_slope(lambda slope: np.abs(slope.max(axis=0)))),
    Mistake(SIZE_FIRST, _of_slope(lambda slope: np.maximum(slope, 0).max(axis=0))),
    Mistake(
        "Add up what the hidden units say, with its sign; take the size after that.",
        _each_unit_by_size,
    ),
    Mistake(
        "Take the largest of the channels, not their sum.",
        _of_slope(lambda slope: np.abs(slope).sum(axis=0)),
    ),
    Mistake(
        "Take the largest of the channels, not their mean.",
        _of_slope(lambda slope: np.abs(slope).mean(axis=0)),
    ),
    Mistake(
        "Take the largest of the channels, not their length (the root of the sum of squares).",
        _of_slope(lambda slope: np.sqrt((slope**2).sum(axis=0))),
    ),
    Mistake(
        "Take the largest of the channels, not the first.",
        _of_slope(lambda slope: np.abs(slope[0])),
    ),
    Mistake(
        "x.ravel() holds one channel after the other: reshape to (C, H, W).",
        _of_slope(_channels_last),
    ),
    Mistake(
        "That is gradient times pixel; take the gradient alone.",
        lambda x, *rest: _largest(_slope(x, *rest) * x),
    ),
    Mistake(
        "Add the bias before you decide which hidden units are above 0.",
        lambda x, w1, b1, w2, target: saliency(x, w1, 0 * b1, w2, target),
    ),
    Mistake(
        "That is the gradient of all logits together; take that of `target` alone.",
        _with_logits(lambda w2, hidden, target: (w2.sum(axis=0)[None], 0)),
    ),
    Mistake(
        "That is the gradient of the largest logit; take that of `target`.",
        _with_logits(lambda w2, hidden, target: (w2, np.argmax(w2 @ hidden))),
    ),
    Mistake(
        "That is the gradient of the first logit; take that of `target`.",
        _with_logits(lambda w2, hidden, target: (w2, 0)),
    ),
)
