"""The one-cycle schedule, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.case import Mistake


def one_cycle(steps, warm_up, highest):
    """Return the rate of each step, (steps,): it rises in a straight line, then falls in one.

    >>> one_cycle(5, 0.4, 1.0).round(3)
    array([0.   , 0.5  , 1.   , 0.667, 0.333])
    """
    return highest * _triangle(np.arange(steps) / steps, warm_up)


def _triangle(done, warm_up):
    return np.where(done < warm_up, done / (warm_up or 1), (1 - done) / (1 - warm_up))


def _rates(rates):
    """Make a schedule of rates(share that is done, warm-up, highest rate)."""
    return lambda steps, warm_up, highest: rates(np.arange(steps) / steps, warm_up, highest)


def _fall(falling):
    """Make a schedule whose rates rise as they should, and then fall as `falling` says."""
    return _rates(
        lambda done, warm_up, highest: np.where(
            done < warm_up, highest * done / (warm_up or 1), falling(done, warm_up, highest)
        )
    )


def _shares(done):
    """Make a schedule that is right but for the shares done(steps)."""
    return lambda steps, warm_up, highest: highest * _triangle(done(steps), warm_up)


def _whole_warm_up(rounded):
    """Make a schedule whose warm-up has a whole number of steps."""

    def wrong(steps, warm_up, highest):
        up = int(rounded(steps * warm_up))
        i = np.arange(steps)
        return highest * np.where(i < up, i / (up or 1), (steps - i) / max(steps - up, 1))

    return wrong


def _compared_with_step(steps, warm_up, highest):
    """Take the number of a step for the share that is done."""
    done, i = np.arange(steps) / steps, np.arange(steps)
    return highest * np.where(i < warm_up, done / (warm_up or 1), (1 - done) / (1 - warm_up))


def _nothing_by_nothing(steps, warm_up, highest):
    """Divide 0 by 0 at the first step."""
    if warm_up:
        return None
    return np.concatenate([[np.nan], one_cycle(steps, warm_up, highest)[1:]])


PARENTHESES = "Parentheses are missing in the fall: it is highest · (1 − done) / (1 − warm_up)."
WHOLE_STEPS = "The warm-up need not end at a whole step: compare done = i / steps with `warm_up`."

MISTAKES = (
    Mistake(
        "In the warm-up the rate rises from 0; yours begins at the highest.",
        _rates(lambda done, warm_up, top: top * np.minimum(1, (1 - done) / (1 - warm_up))),
    ),
    Mistake(
        "The warm-up is missing: the rate first rises from 0.",
        _rates(lambda done, warm_up, top: top * (1 - done)),
    ),
    Mistake(
        "The rate jumps at the top: it should fall over the remaining share, 1 − warm_up.",
        _fall(lambda done, warm_up, top: top * (1 - done)),
    ),
    Mistake(PARENTHESES, _fall(lambda done, warm_up, top: top * (1 - done / (1 - warm_up)))),
    Mistake(PARENTHESES, _fall(lambda done, warm_up, top: top * (1 - done - warm_up))),
    Mistake(PARENTHESES, _fall(lambda done, warm_up, top: top - done - warm_up)),
    Mistake(PARENTHESES, _fall(lambda done, warm_up, top: top - done / (1 - warm_up))),
    Mistake(
        "After the warm-up the rate stays at the highest; it should fall.",
        _fall(lambda done, warm_up, top: top),
    ),
    Mistake(
        "After the warm-up the rate falls in a straight line, not along a cosine.",
        _fall(
            lambda done, warm_up, top: (
                top * (1 + np.cos(np.pi * (done - warm_up) / (1 - warm_up))) / 2
            )
        ),
    ),
    Mistake(
        "It is upside down: the rate rises to the highest and then falls.",
        lambda steps, warm_up, highest: highest - one_cycle(steps, warm_up, highest),
    ),
    Mistake(WHOLE_STEPS, _whole_warm_up(np.floor)),
    Mistake(WHOLE_STEPS, _whole_warm_up(np.ceil)),
    Mistake(
        "Compare `done` with the warm-up, not the number of the step: both are shares.",
        _compared_with_step,
    ),
    Mistake(
        "With a warm-up of 0 the first step is 0 / 0: let the rate rise while done < warm_up, "
        "not while done ≤ warm_up.",
        _nothing_by_nothing,
    ),
    Mistake(
        "Step i has done = i / steps, not i / (steps − 1).",
        _shares(lambda steps: np.arange(steps) / max(steps - 1, 1)),
    ),
    Mistake(
        "Count steps from 0: at step 0, done = 0.",
        _shares(lambda steps: np.arange(1, steps + 1) / steps),
    ),
    Mistake(
        "That is a share of the highest rate: multiply it by `highest`.",
        lambda steps, warm_up, highest: one_cycle(steps, warm_up, 1.0),
    ),
)
