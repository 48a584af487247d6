"""Exercise 07: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e07_backpropagation_through_convolution as answers
from cnnedu.checks.case import Case
from cnnedu.checks.value import checker
from cnnedu.data import edge_kernel, smiley


def _whole(rng, *shape):
    """Return whole numbers, none of them 0."""
    return rng.choice([-1, 1], shape) * rng.integers(1, 9, shape)


def _fractions(rng, *shape):
    """Return numbers above 1 in size, none of them whole: cut to whole numbers, all change."""
    return _whole(rng, *shape) * rng.uniform(1.05, 1.1, shape)


SINGLE = np.zeros((1, 1, 6, 6))
SINGLE[0, 0, 3, 0] = 1


def _windows(rng):
    return [
        (SINGLE, smiley()[None, None], 3, 3, 1),
        (_fractions(rng, 2, 3, 3, 4), _whole(rng, 2, 2, 5, 5), 3, 2, 1),
        (_whole(rng, 2, 2, 2, 3), _fractions(rng, 2, 2, 6, 7), 3, 2, 2),
    ]


def _more_windows(rng):
    gaps = (2, 3, 2, 3), (2, 2, 6, 9)  # stride 3: no window sees some pixels, also at the ends
    return [
        (_fractions(rng, *gaps[0]), rng.integers(0, 256, gaps[1], dtype=np.uint8), 1, 2, 3),
        (_whole(rng, *gaps[0]), _fractions(rng, *gaps[1]), 1, 2, 3),
        (_fractions(rng, 1, 4, 3, 2), _whole(rng, 1, 1, 7, 5), 3, 3, 2),  # the stride divides
        (_fractions(rng, 3, 1, 1, 1), _fractions(rng, 3, 2, 4, 5), 4, 5, 1),
        (_whole(rng, 2, 2, 4, 3), _whole(rng, 2, 3, 4, 3), 1, 1, 1),
    ]


def _shares(rng):
    return [
        (SINGLE, edge_kernel()[None, None], 8, 8, 1),
        (_fractions(rng, 2, 3, 3, 4), _whole(rng, 3, 2, 3, 2), 5, 5, 1),
        (_whole(rng, 2, 2, 2, 3), _fractions(rng, 2, 2, 3, 2), 6, 7, 2),
    ]


def _more_shares(rng):
    gaps = (2, 3, 2, 3), (3, 2, 1, 2)
    return [
        (_fractions(rng, *gaps[0]), _whole(rng, *gaps[1]), 6, 9, 3),
        (_whole(rng, *gaps[0]), _fractions(rng, *gaps[1]), 6, 9, 3),
        (_fractions(rng, 1, 4, 3, 2), _whole(rng, 4, 1, 3, 3), 7, 5, 2),
        (_fractions(rng, 3, 1, 1, 1), _fractions(rng, 1, 2, 4, 5), 4, 5, 1),
        (_whole(rng, 1, 2, 3, 2), _whole(rng, 2, 3, 2, 4), 4, 5, 1),
    ]


def _every_tie(rng, low, high):
    """Return a picture (2, 1, 4, 8): its windows are all 16 that hold two numbers, mixed up."""
    windows = np.where(rng.permutation(16)[:, None] >> np.arange(4) & 1, high, low)
    return windows.reshape(2, 1, 2, 4, 2, 2).swapaxes(3, 4).reshape(2, 1, 4, 8)


def _pictures(rng):
    return [
        (np.array([[[[10]]]]), np.array([[[[1, 3], [3, 2]]]])),
        (abs(_fractions(rng, 1, 1, 4, 4)), smiley()[None, None].astype(np.uint8)),
        (_fractions(rng, 2, 1, 2, 4), _every_tie(rng, -1, 0)),
        (_fractions(rng, 2, 3, 2, 3), _whole(rng, 2, 3, 5, 7)),
        (_whole(rng, 1, 2, 2, 2), _fractions(rng, 1, 2, 4, 4)),
    ]


def _more_pictures(rng):
    return [
        (_fractions(rng, 2, 1, 2, 4), _every_tie(rng, 0, 200).astype(np.uint8)),
        # Far below 0, or so close together that only all digits tell them apart.
        (_fractions(rng, 2, 1, 2, 4), _every_tie(rng, -(10**15), 1 - 10**15)),
        (_whole(rng, 2, 1, 2, 4), _every_tie(rng, 0, 1e-12)),
        (_fractions(rng, 1, 2, 3, 2), _whole(rng, 1, 2, 7, 4)),
        (_whole(rng, 3, 1, 1, 4), _fractions(rng, 3, 1, 2, 9)),
        (_fractions(rng, 1, 1, 1, 1), _whole(rng, 1, 1, 3, 3)),
    ]


def _small(rng, *shape):
    """Return fractions below 1 in size, where tanh is curved."""
    return rng.choice([-1, 1], shape) * rng.uniform(0.2, 0.6, shape)


def _kernels(rng):
    return [
        (smiley(), edge_kernel(), 0.1),
        (_small(rng, 4, 5), _small(rng, 2, 3), 0.3),
        (_small(rng, 4, 5), _small(rng, 2, 3), 1e-3),
    ]


def _more_kernels(rng):
    return [
        (_small(rng, 5, 3), rng.integers(2, 4, (3, 1)), 0.2),
        (rng.integers(1, 3, (5, 3)), _small(rng, 3, 1), 0.2),
        (_small(rng, 3, 2), _small(rng, 3, 2), 1e-4),
        (rng.integers(1, 3, (1, 6)), rng.integers(-1, 1, (1, 2)), 0.5),
        (_small(rng, 2, 3), _small(rng, 1, 1), 0.4),
    ]


CHECKS = (
    *answers.GRADIENTS.checks(),
    Case(
        "weight_gradient",
        _windows,
        answers.weight_gradient,
        _more_windows,
        mistakes=answers.MISTAKES["weight_gradient"],
    ),
    Case(
        "input_gradient",
        _shares,
        answers.input_gradient,
        _more_shares,
        mistakes=answers.MISTAKES["input_gradient"],
    ),
    Case(
        "max_pool_gradient",
        _pictures,
        answers.max_pool_gradient,
        _more_pictures,
        mistakes=answers.MISTAKES["max_pool_gradient"],
    ),
    Case(
        "numeric_gradient",
        _kernels,
        answers.numeric_gradient,
        _more_kernels,
        rtol=1e-6,
        atol=1e-8,
        mistakes=answers.MISTAKES["numeric_gradient"],
    ),
)
check = checker(CHECKS)
