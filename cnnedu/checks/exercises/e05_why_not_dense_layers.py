"""Exercise 05: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e05_why_not_dense_layers as answers
from cnnedu.checks.case import Case
from cnnedu.checks.drawn import fractions, wholes
from cnnedu.checks.value import checker
from cnnedu.data import edge_kernel


def _layers(rng):
    return [
        ((1, 2, 3), (1, 1, 2)),
        ((2, 9, 5), (4, 3, 2)),
        ((3, 224, 224), (1000, 3, 3)),
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


def _layer(rng, window, picture, others=(), shuffled=(), left=()):
    """Make the matrix of a convolution in which something remains to be cut and to be tied.

    Args:
        rng: `numpy.random.Generator`.
        window, picture: (KH, KW) and (H, W).
        others: outputs with two other weights in their window, with the same sum if there are two.
        shuffled: outputs with the same weights in another order.
        left: pairs (output, how many weights outside its window are left).
    """
    w = fractions(rng, window)
    w.flat[rng.integers(w.size)] *= w.size < 3  # a zero inside the window
    matrix = answers.conv_matrix(w, *picture)
    inside = answers.conv_matrix(np.ones(window), *picture) > 0
    for number, output in enumerate(others, start=1):
        places = rng.permutation(np.flatnonzero(inside[output]))[:2]
        # Up and down: whoever forgets that a difference may be negative misses some.
        matrix[output, places] += 0.2 * number * (-1) ** number * np.array([1, -1])[: len(places)]
    for output in shuffled:
        places = np.flatnonzero(inside[output])
        matrix[output, places] = np.roll(matrix[output, places], 1)
    for output, count in left:
        places = rng.permutation(np.flatnonzero(~inside[output]))[:count]
        matrix[output, places] = fractions(rng, count)
        matrix[output, places[0]] = -abs(matrix[output, places[0]])
    return matrix, *picture, *window


def _matrices(rng):
    example = [[1, 2, 0, 0, 0, 7], [0, 1, 2, 0, 0, 0], [5, 0, 6, 2, 1, 0], [0, 0, 0, 0, 1, 2]]
    return [
        (np.array(example), 2, 3, 1, 2),
        _layer(rng, (2, 2), (3, 4)),
        _layer(rng, (2, 3), (4, 5), others=[2, 3, 4], shuffled=[6], left=[(1, 3), (2, 2)]),
        _layer(rng, (1, 1), (3, 2), others=[1, 3], left=[(4, 3)]),
    ]


def _more_matrices(rng):
    first = _layer(rng, (2, 2), (4, 3), others=[0], left=[(0, 1)])
    last = _layer(rng, (3, 2), (5, 4), others=[8], shuffled=[4], left=[(8, 2), (5, 1)])
    dense = fractions(rng, (6, 12)), 3, 4, 2, 2
    local = _layer(rng, (1, 3), (4, 5), others=range(1, 12))
    one_output = _layer(rng, (3, 2), (3, 2))
    one_pixel = _layer(rng, (1, 1), (2, 3), others=[3, 4], left=[(2, 5), (3, 1)])
    one_row = _layer(rng, (2, 3), (2, 6), shuffled=[1, 2], left=[(3, 4)])
    whole = np.rint(8 * _layer(rng, (2, 2), (3, 5), shuffled=[3], left=[(6, 2)])[0]).astype(int)
    a_few = rng.permutation(np.arange(1, 9))[:3].tolist()
    drawn = _layer(rng, (2, 3), (4, 5), others=a_few, left=[(int(rng.integers(9)), 4)])
    return [first, last, dense, local, one_output, one_pixel, one_row, (whole, 3, 5, 2, 2), drawn]


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
    Case(
        "layer_costs",
        _layers,
        answers.layer_costs,
        _more_layers,
        rtol=0,
        atol=0,
        whole=True,
        mistakes=answers.MISTAKES["layer_costs"],
    ),
    Case(
        "conv_matrix",
        _kernels,
        answers.conv_matrix,
        _more_kernels,
        mistakes=answers.MISTAKES["conv_matrix"],
    ),
    Case(
        "diagnose",
        _matrices,
        answers.diagnose,
        _more_matrices,
        rtol=0,
        atol=0,
        whole=True,
        mistakes=answers.MISTAKES["diagnose"],
    ),
    *answers.TWO_LAYERS.checks(),
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
    *answers.DEPTH.checks(),
)
check = checker(CHECKS)
