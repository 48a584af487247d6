"""Exercise 00: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e00_start_here as answers
from cnnedu.checks.case import Case
from cnnedu.checks.value import Value, checker
from cnnedu.data import smiley


def _pictures(rng):
    return [(np.array([[1, 0], [0, 0]]),), (smiley(),)]


def _more_pictures(rng):
    corner = np.array([[1, 1, 0, 1], [1, 0, 0, 0], [0, 0, 0, 0]])  # different on every side
    shapes = [(3, 5), (1, 4), (6, 1), (8, 8), (1, 1), (16, 16)]
    pictures = [corner, *(rng.integers(0, 2, size=shape) for shape in shapes)]
    # Each shape comes once more: what was kept from the first time is wrong now.
    return [(x,) for x in pictures] + [(1 - x,) for x in pictures]


CHECKS = (
    Value("chalk", answers.BY_HAND["chalk"], mistakes=answers.BY_HAND_MISTAKES["chalk"]),
    Case(
        "negative",
        _pictures,
        answers.negative,
        _more_pictures,
        mistakes=answers.MISTAKES["negative"],
    ),
)
check = checker(CHECKS)
