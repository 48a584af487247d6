"""Exercise 06: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e06_fast_convolution as answers
from cnnedu.checks.case import Case
from cnnedu.checks.colleagues import colleague_a, colleague_b, colleague_c
from cnnedu.checks.compare import CheckFailed, NotNumbers, as_numbers, require
from cnnedu.checks.drafts import shown_by_examples
from cnnedu.checks.drawn import fractions, wholes
from cnnedu.checks.value import checker
from cnnedu.data import edge_kernel, smiley
from cnnedu.kernels import unfolding

UNFOLDING = ("numpy", "cnnedu.data", "cnnedu.kernels.unfolding")


def _bytes(rng, shape):
    """Draw a picture of one byte per pixel."""
    return (128 + wholes(rng, shape)).astype(np.uint8)


def _sizes(rng):
    return [(8, 8, 3, 3, 1), (3, 4, 2, 3, 1), (7, 10, 3, 2, 2), (9, 8, 2, 4, 3), (6, 9, 4, 3, 2)]


def _more_sizes(rng):
    fixed = [
        (5, 4, 2, 3, 2),
        (4, 7, 4, 1, 3),
        (3, 3, 3, 3, 1),
        (1, 6, 1, 1, 4),
        (12, 5, 5, 2, 1),
        (10, 11, 5, 3, 4),
        (11, 10, 3, 5, 2),
    ]
    drawn = rng.integers([6, 9, 2, 4, 2], [9, 13, 4, 6, 4], (3, 5))
    return [*fixed, *map(tuple, drawn.tolist())]


def _layers(rng):
    return [
        (smiley()[None, None], edge_kernel()[None, None], np.array([0]), 1, 0),
        (np.array([[[[1, 3, 5]]]]), np.array([[[[0.5, 0.25]]]]), np.array([1]), 1, 0),
        (*_drawn(rng, (2, 3, 4, 5), (4, 3, 3, 3)), 1, 1),
        (*_drawn(rng, (2, 2, 6, 5), (3, 2, 2, 3)), 2, 0),
    ]


def _more_layers(rng):
    sizes = [
        ((1, 1, 7, 4), (2, 1, 3, 2), 2, 1),
        ((3, 4, 3, 4), (5, 4, 1, 1), 1, 0),
        ((2, 3, 4, 7), (1, 3, 4, 2), 3, 2),
        ((4, 2, 3, 3), (4, 2, 3, 3), 1, 0),
        ((1, 3, 4, 3), (4, 3, 3, 2), 1, 0),
        ((2, 2, 5, 3), (3, 2, 2, 2), 1, 1),
        ((2, 2, 5, 3), (3, 2, 2, 2), 1, 1),
    ]
    x, w, b = _drawn(rng, (2, 2, 4, 3), (3, 2, 2, 3))
    whole_x, whole_w = _bytes(rng, x.shape), wholes(rng, w.shape)
    return [
        *((*_drawn(rng, x, w), *rest) for x, w, *rest in sizes),
        (whole_x, w, np.array([2, 0, -1]), 1, 1),
        (x, whole_w, np.array([2, 0, -1]), 1, 0),
        (whole_x, whole_w, b, 2, 1),
    ]


def _drawn(rng, x, w):
    """Draw pictures, filters and biases."""
    return fractions(rng, x), fractions(rng, w), fractions(rng, w[:1])


COLLEAGUES = {"A": colleague_a, "B": colleague_b, "C": colleague_c}
MOST = 12  # numbers in a counterexample


def _inputs(name, value):
    """Return (x, KH, KW, stride) that a student wrote, or say what is wrong with them."""
    try:
        x, *sizes = value
    except TypeError:
        x, sizes = value, ()
    require(len(sizes) == 3, f"{name}: write x, KH, KW, stride, with commas between them")
    try:
        x = as_numbers(x)
        sizes = [as_numbers(size) for size in sizes]
    except NotNumbers as reason:
        raise CheckFailed(f"{name}: {reason}") from None
    require(x.ndim == 4, f"{name}: x should have four axes, (N, C, H, W), but has {x.ndim}")
    require(1 <= x.size <= MOST, f"{name}: x should hold 1 to {MOST} numbers, but holds {x.size}")
    require(
        bool(np.all(abs(x.astype(float)) <= 1000)),
        f"{name}: the numbers of x should lie between −1,000 and 1,000",
    )
    require(
        all(size.ndim == 0 and size.dtype.kind in "iu" and size >= 1 for size in sizes),
        f"{name}: KH, KW and stride should be whole numbers, 1 or more",
    )
    KH, KW, stride = map(int, sizes)
    require(
        KH <= x.shape[2] and KW <= x.shape[3],
        f"{name}: the window {KH} × {KW} doesn't fit into a picture of {x.shape[2]} × {x.shape[3]}",
    )
    return x, KH, KW, stride


def _columns(x, KH, KW, stride):
    return unfolding.im2col(x, (KH, KW), stride)


CHECKS = (
    *answers.COLUMNS.checks(),
    Case("copies", _sizes, answers.copies, _more_sizes, mistakes=answers.MISTAKES["copies"]),
    *shown_by_examples(COLLEAGUES, _inputs, _columns, names="against_{}", called="colleague"),
    Case(
        "conv2d_im2col",
        _layers,
        answers.conv2d_im2col,
        _more_layers,
        mistakes=answers.MISTAKES["conv2d_im2col"],
        imports=UNFOLDING,
    ),
    *answers.MEMORY.checks(),
)
check = checker(CHECKS)
