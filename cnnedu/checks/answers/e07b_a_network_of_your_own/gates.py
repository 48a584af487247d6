"""A gate for maps, forward and back, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.case import Mistake


def gate_numbers(dout, x):
    """Return each map times its own mean, and dx, all numbers in one row."""
    return _gated(x, dout * _mean(x) + _mean(dout * x))


def _mean(a, axes=(2, 3)):
    return a.mean(axis=axes, keepdims=True)


def _sum(a, axes=(2, 3)):
    return a.sum(axis=axes, keepdims=True)


def _gated(x, dx):
    return np.concatenate([np.ravel(x * _mean(x)), np.ravel(dx)])


def _back(dx):
    """Make a gate whose gradient alone is wrong."""
    return lambda dout, x: _gated(x, dx(dout, x) + np.zeros(x.shape))


MISTAKES = (
    Mistake(
        "You take the mean for a constant: every pixel of a map also moves its mean, and through "
        "it the whole map.",
        _back(lambda dout, x: dout * _mean(x)),
    ),
    Mistake(
        "Only the way through the mean is there: x is used twice, and the way through the product "
        "adds dout · mean.",
        _back(lambda dout, x: _mean(dout * x)),
    ),
    Mistake(
        "The 1/(H · W) of the mean is missing on the way through the mean.",
        _back(lambda dout, x: dout * _mean(x) + _sum(dout * x)),
    ),
    Mistake(
        "On the way through the mean, multiply dout by x pixel by pixel and then average: the mean "
        "of the products isn't the product of the means.",
        _back(lambda dout, x: dout * _mean(x) + _mean(dout) * _mean(x)),
    ),
    Mistake(
        "On the way through the mean, x is missing: the mean was multiplied by it.",
        _back(lambda dout, x: dout * _mean(x) + _mean(dout)),
    ),
    Mistake(
        "On the way through the mean you average over all maps; each map has a mean of its own.",
        _back(lambda dout, x: dout * _mean(x) + (dout * x).mean()),
    ),
    Mistake(
        "On the way through the mean you average over the channels as well; each map has a mean of "
        "its own.",
        _back(lambda dout, x: dout * _mean(x) + _mean(dout * x, (1, 2, 3))),
    ),
    Mistake(
        "That is the rule for x²: 2 · dout · mean would be right only if all pixels were equal.",
        _back(lambda dout, x: 2 * dout * _mean(x)),
    ),
    Mistake(
        "You add the mean where you should multiply by it.",
        lambda dout, x: np.concatenate([np.ravel(x + _mean(x)), np.ravel(dout + _mean(dout))]),
    ),
    Mistake(
        "You average over all maps; each map is multiplied by its own mean.",
        lambda dout, x: np.concatenate(
            [np.ravel(x * x.mean()), np.ravel(dout * x.mean() + (dout * x).mean())]
        ),
    ),
)
