"""Dropout and its gradient, and well-known mistakes with the gradient."""

import numpy as np

from cnnedu.checks.case import Mistake


def dropout(x, p, u, training):
    """In training, set numbers whose u is below p to 0 and scale the others up."""
    return x * (u >= p) / (1 - p) if training else x * 1.0


def dropout_backward(dout, p, u, training):
    """Return the gradient with respect to the input of `dropout`."""
    return dropout(dout, p, u, training)


def _training(wrong):
    """Make a mistake that is made in training alone."""
    return lambda x, p, u, training: wrong(x, p, u) if training else None


def _kept(where):
    """Make a mistake about which numbers are kept: those `where(u, p)`."""
    return _training(lambda x, p, u: x * where(u, p) / (1 - p))


def _scaled(scale):
    """Make a mistake about the scale of the numbers that are kept: `scale(p)`."""
    return _training(lambda x, p, u: x * (u >= p) * scale(p))


def _evaluation(wrong):
    """Make a mistake that is made in evaluation alone."""
    return lambda x, p, u, training: None if training else wrong(x, p, u)


def _mask_alone(x, p, u, training):
    return dropout(np.ones(x.shape), p, u, training)


_dropped_in_evaluation = _evaluation(lambda x, p, u: dropout(x, p, u, True))

MISTAKES = (
    Mistake(
        "A number whose u is exactly p is kept: only u < p switches it off.",
        _kept(lambda u, p: u > p),
    ),
    Mistake(
        "You kept the numbers that should go: a number is switched off where u < p.",
        _kept(lambda u, p: u < p),
    ),
    Mistake(
        "You kept the numbers with u < 1 − p. They are as many on average, but not the ones asked "
        "for: a number is switched off where u < p.",
        _kept(lambda u, p: u < 1 - p),
    ),
    Mistake(
        "`training` is turned round: numbers are switched off where it is True.",
        lambda x, p, u, training: dropout(x, p, u, not training),
    ),
    Mistake(
        "p is the probability of a zero: divide by 1 − p, not by p.",
        _training(lambda x, p, u: x * (u >= p) / p if p else None),
    ),
    Mistake(
        "The mask is missing: a number that was switched off has no effect on the output, so its "
        "gradient is 0.",
        _training(lambda dout, p, u: dout),
    ),
    Mistake(
        "You scaled all gradients; those switched off must be 0.",
        _training(lambda dout, p, u: dout / (1 - p)),
    ),
    Mistake(
        "The mask holds 1 / (1 − p) as well: out = x · mask, so dx = dout · mask.",
        _scaled(lambda p: 1),
    ),
    Mistake(
        "The gradient is multiplied by 1 / (1 − p), as the numbers were; you divided by it.",
        _scaled(lambda p: 1 - p),
    ),
    Mistake("You multiplied by 1 / (1 − p) twice.", _scaled(lambda p: 1 / (1 - p) ** 2)),
    Mistake("In evaluation the gradient passes unchanged.", _dropped_in_evaluation),
    Mistake(
        "In evaluation the output is x, so its gradient passes; it isn't 0.",
        _evaluation(lambda dout, p, u: 0 * dout),
    ),
    Mistake(
        "That is the derivative of the output alone; multiply `dout` by it.",
        _mask_alone,
    ),
)
