"""One step of an attack in many, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.answers.e15_when_networks_fail.push import DOWNHILL, down_at_zero, fgsm
from cnnedu.checks.case import Mistake


def pgd_step(x, start, gradient, step, epsilon):
    """Take one step, then return to within epsilon of the start and within 0 and 1."""
    return np.clip(_near(x, start, gradient, step, epsilon), 0, 1)


def _near(x, start, gradient, step, epsilon):
    """Return where a step within epsilon of the start leads, be it below 0 or above 1."""
    return np.clip(x + step * np.sign(gradient), start - epsilon, start + epsilon)


def _with_gradient(change):
    """Make a step along the sign of change(gradient)."""
    return lambda x, start, gradient, *rest: pgd_step(x, start, change(gradient), *rest)


def _by_the_gradient(x, start, gradient, step, epsilon):
    return np.clip(np.clip(x + step * gradient, start - epsilon, start + epsilon), 0, 1)


MISTAKES = (
    Mistake(
        "You kept the result near x. It has to stay near *start*, or ten steps go ten times as "
        "far.",
        lambda x, start, *rest: pgd_step(x, x, *rest),
    ),
    Mistake("A pixel can't go below 0 or above 1 either: clip again.", _near),
    Mistake(
        "Nothing brings the result back to within epsilon of the start.",
        lambda x, start, gradient, step, epsilon: fgsm(x, gradient, step),
    ),
    Mistake(
        "You stepped from start: step from x, where the last step ended.",
        lambda x, start, *rest: pgd_step(start, start, *rest),
    ),
    Mistake(DOWNHILL, _with_gradient(np.negative)),
    Mistake(
        "You stepped by the gradient itself: take its sign, so that every number moves by `step`.",
        _by_the_gradient,
    ),
    Mistake(
        "You stepped by epsilon. It says how far the result may be from the start; one step goes "
        "by `step`.",
        lambda *arguments: pgd_step(*arguments[:3], arguments[4], arguments[4]),
    ),
    Mistake(
        "You exchanged `step` and `epsilon`: one step goes by `step`, and the result stays within "
        "`epsilon` of the start.",
        lambda *arguments: pgd_step(*arguments[:3], arguments[4], arguments[3]),
    ),
    Mistake(
        "Where the gradient is 0, step nowhere: sign(0) is 0.",
        _with_gradient(down_at_zero),
    ),
)
