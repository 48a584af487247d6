"""The push of an attack in one step, and well-known mistakes with it."""

from functools import partial

import numpy as np

from cnnedu.checks.case import Mistake


def fgsm(x, gradient, epsilon):
    """Push each number by epsilon in the direction in which the loss rises, within 0 and 1."""
    return _pushed(x, gradient, epsilon)


def _pushed(x, gradient, epsilon, direction=np.sign, low=0, high=1):
    """Push x; the arguments after `epsilon` each change one thing."""
    return np.clip(x + epsilon * direction(gradient), low, high)


def _up_at_zero(gradient):
    """Return the sign of each number, but 1 for a 0."""
    return np.where(gradient < 0, -1, 1)


def down_at_zero(gradient):
    """Return the sign of each number, but −1 for a 0."""
    return np.where(gradient > 0, 1, -1)


DOWNHILL = "You went down the gradient: that makes the loss smaller. An attack goes up."
TAKE_THE_SIGN = "take its sign, so that every number moves by epsilon."
SIGN_OF_ZERO = "Where the gradient is 0, push nothing: sign(0) is 0."
PUSH_ALONE = "That is the push alone: add it to the picture."

MISTAKES = (
    Mistake(DOWNHILL, lambda x, gradient, epsilon: fgsm(x, -gradient, epsilon)),
    Mistake(
        "A pixel can't go below 0 or above 1: clip the result.",
        partial(_pushed, low=None, high=None),
    ),
    Mistake("A pixel can't go below 0 either: clip at both ends.", partial(_pushed, low=None)),
    Mistake("A pixel can't go above 1 either: clip at both ends.", partial(_pushed, high=None)),
    Mistake(
        f"You pushed by the gradient itself: {TAKE_THE_SIGN}",
        partial(_pushed, direction=np.asarray),
    ),
    Mistake(
        f"You divided the gradient by its largest number: {TAKE_THE_SIGN}",
        partial(_pushed, direction=lambda gradient: gradient / (np.abs(gradient).max() or 1)),
    ),
    Mistake(
        f"You divided the gradient by its length: {TAKE_THE_SIGN}",
        partial(_pushed, direction=lambda gradient: gradient / (np.linalg.norm(gradient) or 1)),
    ),
    Mistake(SIGN_OF_ZERO, partial(_pushed, direction=down_at_zero)),
    Mistake(SIGN_OF_ZERO, partial(_pushed, direction=_up_at_zero)),
    Mistake(PUSH_ALONE, lambda x, gradient, epsilon: epsilon * np.sign(gradient)),
    Mistake(PUSH_ALONE, lambda x, gradient, epsilon: fgsm(0, gradient, epsilon)),
    Mistake(
        "You pushed by 1: multiply the sign by epsilon.",
        lambda x, gradient, epsilon: fgsm(x, gradient, 1),
    ),
)
