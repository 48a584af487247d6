"""The gradient and the steps worked out by hand, and what to say about wrong ones."""

import numpy as np

from cnnedu.checks.by_hand import Question, usual
from cnnedu.checks.value import Value

_TOTALS = (10, 20)  # of the powers: then each probability has two digits after the point
_RATES = (0.1, 0.2, 0.3, 0.01, 0.02)


def _draw(draw):
    """Draw the powers of the scores, one of them 1; the right class; the learning rate."""
    total = draw.one_of(_TOTALS)
    power = draw.whole(2, total - 3)
    powers = tuple(draw.some_of((1, power, total - 1 - power), 3))
    return powers, draw.whole(0, 2), draw.one_of(_RATES)


def _values(powers, right_class, rate):
    p, t = np.array(powers) / sum(powers), np.arange(3) == right_class
    without_zero = np.where(np.equal(powers, 1), 0, powers) / (sum(powers) - 1)
    g = p - t
    steps = -rate * np.sign(g)
    uphill = "the changes lead uphill: a step is subtracted"
    signs = "the three changes don't all have the same sign"
    no_one = "the first three are p: subtract 1 at the right class"
    turned = "the gradient is p − t, not t − p"
    mistakes = (
        ([*g, *(-rate * g)], "those changes are plain gradient descent's"),
        ([*g, *-steps], uphill),
        ([*g, *(rate * g)], uphill),
        ([*g, *3 * [rate]], signs),
        ([*g, *3 * [-rate]], signs),
        ([*g, *(steps / rate)], "multiply the changes by the learning rate"),
        ([*p, *steps], no_one),
        ([*p, *3 * [-rate]], no_one),
        ([*-g, *steps], turned),
        ([*-g, *-steps], turned),
        ([*(without_zero - t), *steps], "a score of 0 counts as well: e⁰ is 1"),
    )
    return (Value("by_hand", [*g, *steps], rtol=1e-6, mistakes=mistakes),)


def _shown(powers, right_class, rate):
    scores = ", ".join("0" if power == 1 else rf"\ln {power}" for power in powers)
    return f"scores $({scores})$. Class {right_class} is right.", f"learning rate of {rate}?"


STEP = Question(((1, 3, 6), 0, 0.1), _draw, _values, _shown)
BY_HAND, BY_HAND_MISTAKES = usual(STEP)
