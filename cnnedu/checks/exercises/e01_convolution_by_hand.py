"""Exercise 01: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e01_convolution_by_hand as answers
from cnnedu.checks.case import Case
from cnnedu.checks.compare import require
from cnnedu.checks.scale import unit_kernel
from cnnedu.checks.value import Design, Value, checker
from cnnedu.data import edge_kernel, smiley


def _pictures(rng):
    return [
        (np.array([[1, 2, 3], [4, 5, 6]]), np.array([[-1, 1]])),
        (smiley(), edge_kernel()),
        (rng.normal(size=(6, 6)), rng.normal(size=(3, 3))),
        (rng.integers(0, 10, (4, 6)), np.array([[0.25, -0.5], [1, 0.5]])),
    ]


def _more_pictures(rng):
    shapes = [
        ((7, 5), (3, 2)),
        ((4, 9), (2, 5)),
        ((5, 5), (5, 5)),
        ((6, 3), (1, 1)),
        ((1, 8), (1, 3)),
        ((7, 5), (3, 2)),  # once more: what was kept from the first time is wrong now
    ]
    floats = [(rng.normal(size=x), rng.normal(size=w)) for x, w in shapes]
    # A picture of whole numbers with a kernel of fractions, and the other way round.
    whole = [(rng.integers(-9, 10, x), rng.normal(size=w)) for x, w in shapes]
    kernels = [(rng.normal(size=x), rng.integers(1, 5, w)) for x, w in shapes]
    return [*floats, *whole, *kernels, *_photographs(rng)]


def _photographs(rng):
    """Draw a picture with two kernels, and a kernel with two pictures; outputs leave 0 to 255."""
    x, w = rng.integers(100, 256, (5, 4), dtype=np.uint8), 0.5 + rng.random((2, 3))
    return [(x, w), (x, -w), (x[::-1], w)]


def _kernels(rng):
    random = [(9 * rng.normal(size=shape),) for shape in ((3, 3), (2, 3))]
    return [(np.array([[1, 2], [3, 4]]),), *random]


def _more_kernels(rng):
    shapes = [(1, 4), (5, 2), (3, 1), (4, 4), (5, 2)]
    return [(rng.normal(size=s),) for s in shapes] + [(rng.integers(0, 99, (3, 4)),)]


def _finds_horizontal_edges(value):
    w = unit_kernel("horizontal", value)
    require(
        np.all(abs(w.sum(axis=0)) < 1e-6),
        "horizontal: it answers to a change from left to right; look at the sum of each column",
    )
    # What a step from light to dark gives, with its edge above the second or the third row.
    steps = np.array([w[1:].sum(), w[2:].sum()])
    require(
        not np.all(steps < -1e-6),
        "horizontal: its signs are the wrong way round; a step from light to dark gets a negative "
        "answer",
    )
    require(
        np.all(steps > 1e-6),
        "horizontal: there is a step from light to dark that gets no positive answer",
    )


CHECKS = (
    Value("by_hand", answers.BY_HAND["by_hand"], mistakes=answers.BY_HAND_MISTAKES["by_hand"]),
    Case(
        "correlate2d",
        _pictures,
        answers.correlate2d,
        _more_pictures,
        mistakes=answers.MISTAKES["correlate2d"],
    ),
    Case("flip", _kernels, answers.flip, _more_kernels, mistakes=answers.MISTAKES["flip"]),
    Design("horizontal", _finds_horizontal_edges),
)
check = checker(CHECKS)
