"""Exercise 05: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e05_why_not_dense_layers as answers
from cnnedu.checks.case import Case
from cnnedu.checks.drawn import fractions, wholes
from cnnedu.checks.value import Value, checker
from cnnedu.data import edge_kernel


def _layers(rng):
    return [
        ((3, 224, 224), (1000, 3, 3)),
        ((2, 9, 5), (4, 3, 2)),
        ((1, 8, 8), (1, 3, 3)),
    ]


def _more_layers(rng):
    channels, filters, height, width = (int(n) for n in rng.integers(2, 9, 4))
    return [
        ((2, 9, 5), (7, 4, 2)),
        ((5, 6, 6), (1, 6, 6)),
        ((1, 3, 11), (4, 1, 1)),
        ((1, 7, 4), (3, 2, 4)),
        ((63, 301, 199), (513, 5, 3)),  # too many for 32 bits, and for a float32's digits
        ((channels, height + 3, width + 9), (filters, height, width)),
    ]


def _kernels(rng):
    return [
        (np.array([[1, 2]]), 2, 3),
        (np.array([[1, 2], [3, 4]]), 3, 3),
        (2 * fractions(rng, (3, 2)), 4, 6),
    ]


def _more_kernels(rng):
    sizes = [
        ((2, 3), 4, 5),
        ((1, 1), 3, 2),
        ((4, 2), 4, 5),
        ((2, 3), 4, 5),  # once more: what was kept from the first time is wrong now
        ((2, 2), 2, 2),
        ((1, 4), 1, 7),
        ((3, 1), 5, 2),
    ]
    floats = [(fractions(rng, shape), H, W) for shape, H, W in sizes]
    return [*floats, (wholes(rng, (2, 3)), 3, 5), (edge_kernel(), 4, 4)]  # equal weights


def _chains(rng):
    return [
        ([3, 2, 3], [1, 2, 1], [1, 1, 1]),
        ([3, 3, 3], [1, 1, 1], [1, 2, 4]),
        ([7, 3, 3, 3], [2, 2, 1, 2], [1, 1, 1, 1]),
    ]


def _more_chains(rng):
    return [
        ([5], [3], [2]),
        ([1, 3], [2, 1], [1, 1]),
        ([2, 4, 3, 1, 5], [3, 1, 2, 2, 1], [1, 3, 1, 2, 2]),
        ([3, 3, 3, 3, 3], [2, 2, 3, 2, 2], [1, 2, 1, 2, 1]),
        ([1] * 16 + [3, 2], [2] * 18, [1] * 17 + [2]),  # sizes too large for 16 bits
        tuple(rng.integers(1, 5, (3, 6)).tolist()),
        tuple(rng.integers(2, 5, (3, 6)).tolist()),
    ]


CHECKS = (
    Value("counts", answers.BY_HAND["counts"], mistakes=answers.BY_HAND_MISTAKES["counts"]),
    Case(
        "conv_cost",
        _layers,
        answers.conv_cost,
        _more_layers,
        rtol=0,
        atol=0,
        whole=True,
        mistakes=answers.MISTAKES["conv_cost"],
    ),
    Case(
        "conv_matrix",
        _kernels,
        answers.conv_matrix,
        _more_kernels,
        mistakes=answers.MISTAKES["conv_matrix"],
    ),
    Case(
        "receptive_field",
        _chains,
        answers.receptive_field,
        _more_chains,
        rtol=0,
        atol=0,
        whole=True,
        mistakes=answers.MISTAKES["receptive_field"],
    ),
    Value("depth", answers.BY_HAND["depth"], mistakes=answers.BY_HAND_MISTAKES["depth"]),
)
check = checker(CHECKS)
