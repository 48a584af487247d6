"""The paired difference of two networks, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.case import Mistake


def paired_difference(right_a, right_b):
    """Return how much better a is than b on the same pictures, and the standard error."""
    d = right_a.astype(float) - right_b
    return np.array([d.mean(), _error(d)])


def _error(d):
    return d.std() / np.sqrt(len(d))


def _with_error(error):
    """Make a mistake in the standard error alone; `error` takes the differences d."""

    def wrong(right_a, right_b):
        d = right_a.astype(float) - right_b
        with np.errstate(invalid="ignore"):
            return d.mean(), error(d)

    return wrong


def _with_differences(differences):
    """Make a mistake in d, from which the rest follows."""

    def wrong(*right):
        d = differences(*right)
        return d.mean(), _error(d)

    return wrong


def _unpaired(right_a, right_b):
    a, b = right_a.mean(), right_b.mean()
    return a - b, np.sqrt((a * (1 - a) + b * (1 - b)) / len(right_a))


def _divided_by_one_less(right_a, right_b):
    one_less = _with_error(lambda d: d.std(ddof=1) / np.sqrt(len(d)))
    return one_less(right_a, right_b) if len(right_a) > 1 else None


MISTAKES = (
    Mistake(
        "That is b − a: the difference is positive where a is better.",
        lambda right_a, right_b: paired_difference(right_b, right_a),
    ),
    Mistake(
        "The standard error is that of a mean: divide the deviation by √N.",
        _with_error(np.std),
    ),
    Mistake(
        "That is the square of the standard error: take the square root.",
        _with_error(lambda d: d.var() / len(d)),
    ),
    Mistake(
        "You divided the deviation by N; divide it by √N.",
        _with_error(lambda d: d.std() / len(d)),
    ),
    Mistake(
        "You treated the two as if they had seen different pictures. Take the difference picture "
        "by picture first.",
        _unpaired,
    ),
    Mistake(
        "√(p(1 − p)/N) is for numbers that are 0 or 1; a difference can be −1, too.",
        _with_error(lambda d: np.sqrt(d.mean() * (1 - d.mean()) / len(d))),
    ),
    Mistake("Divide by N, as in the equation, not by N − 1.", _divided_by_one_less),
    Mistake(
        "Take the mean off each d before you square it.",
        _with_error(lambda d: np.sqrt(np.mean(d**2) / len(d))),
    ),
    Mistake(
        "Square the distances from the mean; you took them without their signs.",
        _with_error(lambda d: np.mean(abs(d - d.mean())) / np.sqrt(len(d))),
    ),
    Mistake(
        "d is −1 where only b is right, but `^` and `abs` give 1 there. Make numbers of the bools, "
        "with `.astype(float)`, and subtract them.",
        _with_differences(lambda right_a, right_b: right_a ^ right_b),
    ),
    Mistake(
        "You left out the pictures where only b is right: d is −1 there.",
        _with_differences(lambda right_a, right_b: right_a & ~right_b),
    ),
    Mistake(
        "An unsigned dtype has no −1: 0 − 1 is 255 there. Take floats.",
        _with_differences(lambda right_a, right_b: right_a.astype(np.uint8) - right_b),
    ),
    Mistake(
        "The order is (difference, standard error).",
        lambda *right: paired_difference(*right)[::-1],
    ),
)
