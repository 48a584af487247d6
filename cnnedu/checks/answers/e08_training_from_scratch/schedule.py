"""The learning rate of each step, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.nn.schedules import cosine


def rate(step, steps, warm, lr):
    """Return the rate: a straight climb over `warm` steps, then half a cosine wave."""
    return lr * (step + 1) / warm if step < warm else cosine(lr, steps - warm)(step - warm)


def _climb(wrong):
    """Make a schedule whose climb alone is wrong."""
    return lambda step, steps, warm, lr: wrong(step, warm, lr) if step < warm else None


def _angle(step, steps, warm):
    return np.pi * (step - warm) / (steps - warm)


def _height(lr, angle):
    return lr / 2 * (1 + np.cos(angle))


def _wave(height=_height, angle=_angle):
    """Make a schedule whose wave alone is wrong: its height at an angle, or the angle itself."""
    return lambda step, steps, warm, lr: (
        height(lr, angle(step, steps, warm)) if step >= warm else None
    )


BRACKETS = (
    "Parentheses are missing, or in the wrong place: step − warm is divided by steps − warm, and "
    "lr / 2 is multiplied by (1 + cos …)."
)

MISTAKES = (
    Mistake(
        "Your climb begins at 0, which wastes a step: step 0 gets lr / warm.",
        _climb(lambda step, warm, lr: lr * step / warm),
    ),
    Mistake(
        "Your climb goes on for a step too many: it is for step < warm, not step <= warm.",
        lambda step, steps, warm, lr: lr * (step + 1) / warm if step == warm > 0 else None,
    ),
    Mistake(
        "Your climb doesn't reach lr: divide by warm, not by warm + 1.",
        _climb(lambda step, warm, lr: lr * (step + 1) / (warm + 1)),
    ),
    Mistake(
        "`//` cuts the climb down to whole numbers; divide with `/`.",
        _climb(lambda step, warm, lr: (step + 1) // warm * lr),
    ),
    Mistake(
        "Parentheses are missing in the climb: lr is multiplied by (step + 1) / warm.",
        _climb(lambda step, warm, lr: lr * step + 1 / warm),
    ),
    Mistake(
        "The climb is missing: for step < warm the rate is lr · (step + 1) / warm.",
        lambda step, steps, warm, lr: _height(lr, _angle(step, steps, warm)),
    ),
    Mistake(
        "The cosine begins after the climb: it lasts steps − warm steps, of which step − warm "
        "are done.",
        _wave(angle=lambda step, steps, warm: np.pi * step / steps),
    ),
    Mistake(
        "The wave ends at `steps`: it lasts steps − warm steps, not all of them.",
        _wave(angle=lambda step, steps, warm: np.pi * (step - warm) / steps),
    ),
    Mistake(
        "The wave reaches 0 one step too early: divide by steps − warm, without − 1.",
        # A wave of one step has no such angle: there, the student's own line stops with an error.
        _wave(angle=lambda step, steps, warm: _angle(step, max(steps - 1, warm + 1), warm)),
    ),
    Mistake(
        "Your wave is one step ahead: at step warm its angle is 0, so don't add 1 to the step.",
        _wave(angle=lambda step, steps, warm: _angle(step + 1, steps, warm)),
    ),
    Mistake(
        "You count the cosine's steps from 0; it begins at step warm.",
        _wave(angle=lambda step, steps, warm: np.pi * step / (steps - warm)),
    ),
    Mistake(
        "The factor ½ is missing: 1 + cos goes up to 2.",
        _wave(lambda lr, angle: lr * (1 + np.cos(angle))),
    ),
    Mistake(
        "`lr // 2` cuts off the half of a whole number: divide with `/`.",
        _wave(lambda lr, angle: lr // 2 * (1 + np.cos(angle))),
    ),
    Mistake(
        "Your wave goes up; it falls with 1 + cos of an angle that grows from 0 towards π.",
        _wave(lambda lr, angle: lr / 2 * (1 - np.cos(angle))),
    ),
    Mistake(
        "1 + cos isn't the same as cos alone: without the 1, the rate falls below 0.",
        _wave(lambda lr, angle: lr / 2 * np.cos(angle)),
    ),
    Mistake(
        "The cosine needs radians: half a wave is π, not 180.",
        _wave(lambda lr, angle: _height(lr, np.degrees(angle))),
    ),
    Mistake(
        "That falls in a straight line; it should follow half a cosine wave.",
        _wave(lambda lr, angle: lr * (1 - angle / np.pi)),
    ),
    Mistake(
        "After the climb your rate stays as it is; it should follow half a cosine wave.",
        _wave(lambda lr, angle: lr),
    ),
    Mistake(
        "lr is missing: the highest rate should be lr, not 1.",
        lambda step, steps, warm, lr: rate(step, steps, warm, 1),
    ),
    Mistake(BRACKETS, _wave(angle=lambda step, steps, warm: np.pi * step - warm / (steps - warm))),
    Mistake(BRACKETS, _wave(angle=lambda step, steps, warm: np.pi * (step - warm) / steps - warm)),
    Mistake(BRACKETS, _wave(angle=lambda step, steps, warm: np.pi * step - warm / steps - warm)),
    Mistake(BRACKETS, _wave(lambda lr, angle: lr / 2 * 1 + np.cos(angle))),
)
