"""Exercise 01: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e01_convolution_by_hand as answers
from cnnedu.checks.case import Case
from cnnedu.checks.compare import require
from cnnedu.checks.scale import kernel_of_nine
from cnnedu.checks.value import Design, checker
from cnnedu.data import edge_kernel, smiley


def _pictures(rng):
    return [
        (np.array([[1, 2, 4], [4, 5, 9]]), np.array([[-1, 1]])),
        (smiley(), edge_kernel()),
        (rng.normal(size=(6, 6)), rng.normal(size=(3, 3))),
        (rng.integers(0, 10, (4, 6)), np.array([[0.25, -0.5], [1, 0.5]])),
        # A window that moves `down` columns in place of `across` stays inside, or `across` rows in
        # place of `down`: wrong numbers, but no error.
        (rng.normal(size=(7, 9)), rng.normal(size=(2, 3)), (1, 3)),
        (rng.normal(size=(8, 3)), rng.normal(size=(3, 3)), (2, 1)),
        # One row and one column of outputs more than (H − KH + 1) // down and its like.
        (rng.normal(size=(6, 9)), rng.normal(size=(2, 2)), (2, 3)),
    ]


def _more_pictures(rng):
    sizes = [
        ((7, 5), (3, 2), (1, 1)),
        ((9, 8), (2, 5), (2, 3)),
        ((5, 5), (5, 5), (1, 2)),
        ((6, 3), (1, 1), (4, 2)),
        ((1, 8), (1, 3), (7, 2)),
        ((8, 11), (3, 2), (3, 2)),
        ((4, 9), (2, 5), (1, 4)),
        ((9, 8), (2, 5), (2, 3)),  # once more: what was kept from the first time is wrong now
    ]
    floats = [(rng.normal(size=x), rng.normal(size=w), s) for x, w, s in sizes]
    # A picture of whole numbers with a kernel of fractions, and the other way round.
    whole = [(rng.integers(-9, 10, x), rng.normal(size=w), s) for x, w, s in sizes]
    kernels = [(rng.normal(size=x), rng.integers(1, 5, w), s) for x, w, s in sizes]
    return [*floats, *whole, *kernels, *_photographs(rng)]


def _photographs(rng):
    """Draw a picture with two kernels, and a kernel with two pictures; outputs leave 0 to 255."""
    x, w = rng.integers(100, 256, (5, 4), dtype=np.uint8), 0.5 + rng.random((2, 3))
    return [(x, w), (x, -w), (x[::-1], w), (x, w, (2, 1))]


def _pixels(rng):
    # Weights of zero, one in each row and column, so that each place of a pixel counts otherwise.
    w = np.array([[-2, 0, 1, 3], [4, -1, 0, 2], [0, 1, 5, -3]])
    places = [(0, 1), (4, 6), (2, 3), (0, 5), (3, 0), (1, 2), (4, 3)]
    return [
        ((8, 8), edge_kernel(), 4, 3),
        ((8, 8), edge_kernel(), 0, 0),
        *(((5, 7), w, i, j) for i, j in places),
    ]


def _more_pixels(rng):
    """Draw kernels with one 0, and for each a corner, two places at the border and one inside."""
    found = []
    for (H, W), size in (((5, 7), (3, 2)), ((6, 4), (1, 3)), ((4, 4), (4, 4)), ((6, 8), (2, 4))):
        w = rng.normal(size=size)
        w.flat[rng.integers(w.size)] = 0
        places = [(H - 1, 0), (0, W - 2), (rng.integers(1, H - 1).item(), W - 1), (H // 2, W // 2)]
        found += [((H, W), w, i, j) for i, j in places]
    return found


def _kernels(rng):
    random = [(9 * rng.normal(size=shape),) for shape in ((3, 3), (2, 3))]
    return [(np.array([[1, 2], [3, 4]]),), *random]


def _more_kernels(rng):
    shapes = [(1, 4), (5, 2), (3, 1), (4, 4), (5, 2)]
    return [(rng.normal(size=s),) for s in shapes] + [(rng.integers(0, 99, (3, 4)),)]


def _finds_steps_but_no_ramps(value):
    w = kernel_of_nine("horizontal", value)
    with np.errstate(over="ignore", invalid="ignore"):
        columns, (_, second, third) = w.sum(axis=0), w.sum(axis=1)
        ramp = second + 2 * third
    require(
        np.all(abs(columns) < 1e-6),
        "horizontal: it answers to a change from left to right (rule 3); look at the sum of each "
        "column",
    )
    require(
        abs(third + 1) > 1e-6,
        "horizontal: its signs are the wrong way round; a step up of 1 gets −1 (rule 1)",
    )
    require(
        abs(third - 1) < 1e-6,
        f"horizontal: a bottom row that is lighter by 1 gets {third:.4g}, not 1 (rule 1)",
    )
    require(
        abs(ramp) < 1e-6,
        f"horizontal: the rows 0, 1, 2 of an even ramp get {ramp:.4g}, not 0 (rule 2)",
    )
    require(
        np.abs(w).max() < 1 + 1e-6,
        f"horizontal: its largest weight has the size {np.abs(w).max():.4g}, and 1 is the limit "
        "(rule 4)",
    )


CHECKS = (
    *answers.PICTURE.checks(),
    Case(
        "correlate2d",
        _pictures,
        answers.correlate2d,
        _more_pictures,
        mistakes=answers.MISTAKES["correlate2d"],
    ),
    Case(
        "outputs_changed",
        _pixels,
        answers.outputs_changed,
        _more_pixels,
        whole=True,
        mistakes=answers.MISTAKES["outputs_changed"],
    ),
    Case("flip", _kernels, answers.flip, _more_kernels, mistakes=answers.MISTAKES["flip"]),
    Design("horizontal", _finds_steps_but_no_ramps),
)
check = checker(CHECKS)
