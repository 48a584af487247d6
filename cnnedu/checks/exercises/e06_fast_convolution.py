"""Exercise 06: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e06_fast_convolution as answers
from cnnedu.checks.case import Case
from cnnedu.checks.drawn import fractions, wholes
from cnnedu.checks.value import Value, checker
from cnnedu.data import edge_kernel, smiley

UNFOLDING = ("numpy", "cnnedu.data", "cnnedu.kernels.unfolding")


def _bytes(rng, shape):
    """Draw a picture of one byte per pixel."""
    return (128 + wholes(rng, shape)).astype(np.uint8)


def _windows(rng):
    return [
        (np.array([[[[1, 2, 3]]]]), 1, 2, 1),
        (np.arange(2 * 2 * 3 * 4).reshape(2, 2, 3, 4), 2, 3, 1),
        (fractions(rng, (1, 2, 5, 7)), 3, 2, 2),
    ]


def _more_windows(rng):
    sizes = [
        ((3, 1, 5, 4), 2, 3, 2),
        ((1, 3, 4, 7), 4, 1, 3),
        ((2, 3, 3, 3), 3, 3, 1),
        ((1, 1, 4, 6), 1, 1, 5),
        ((2, 2, 4, 5), 3, 2, 1),
        ((2, 2, 4, 5), 3, 2, 1),  # once more: what was kept from the first time is wrong now
    ]
    floats = [(fractions(rng, shape), *rest) for shape, *rest in sizes]
    return [*floats, (_bytes(rng, (2, 2, 5, 4)), 2, 2, 2)]


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


def _kernels(rng):
    return [
        (np.array([[1, 2]]), np.array([[1, 3]])),
        (smiley(), edge_kernel()),
        (fractions(rng, (4, 6)), fractions(rng, (3, 2))),
        (np.array([[1, 2], [4, 8]]), np.array([[0.5, -0.25]])),
    ]


def _more_kernels(rng):
    sizes = [
        ((5, 4), (2, 3)),
        ((1, 1), (3, 2)),
        ((3, 5), (3, 5)),
        ((2, 3), (5, 4)),
        ((6, 1), (1, 1)),
        ((1, 259), (2, 3)),
    ]
    return [
        *((fractions(rng, x), fractions(rng, w)) for x, w in sizes),
        (wholes(rng, (4, 3)), fractions(rng, (2, 3))),
        (fractions(rng, (4, 3)), wholes(rng, (3, 2))),
        (wholes(rng, (5, 3)), wholes(rng, (2, 2))),
        (1e-7 * fractions(rng, (5, 4)), fractions(rng, (2, 3))),
    ]


CHECKS = (
    Value("columns", answers.BY_HAND["columns"], mistakes=answers.BY_HAND_MISTAKES["columns"]),
    Case("im2col", _windows, answers.im2col, _more_windows, mistakes=answers.MISTAKES["im2col"]),
    Case(
        "conv2d_im2col",
        _layers,
        answers.conv2d_im2col,
        _more_layers,
        mistakes=answers.MISTAKES["conv2d_im2col"],
        imports=UNFOLDING,
    ),
    Value("winograd", answers.BY_HAND["winograd"], mistakes=answers.BY_HAND_MISTAKES["winograd"]),
    Case(
        "convolve_fft",
        _kernels,
        answers.convolve_fft,
        _more_kernels,
        mistakes=answers.MISTAKES["convolve_fft"],
    ),
)
check = checker(CHECKS)
