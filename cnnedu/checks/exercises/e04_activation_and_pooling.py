"""Exercise 04: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e04_activation_and_pooling as answers
from cnnedu.checks.case import Case
from cnnedu.checks.drawn import fractions, wholes
from cnnedu.checks.value import Value, checker

EXAMPLE = np.array([[[[1, 2, 5], [3, 4, 0]]]])


def _numbers(rng):
    return [
        (np.array([-2, 0, 3]), 0.1),
        (fractions(rng, (3, 4)), 0.25),
        (fractions(rng, (2, 3)), 2),
        (np.array([[-4, 4], [1, -1]]), 0.0),
    ]


def _more_numbers(rng):
    again = fractions(rng, (5,))
    return [
        (fractions(rng, (7, 1)), 0.01),
        (fractions(rng, (2, 3, 2, 2)), 1.5),
        (fractions(rng, (7, 1)), 0.01),  # once more: what was kept from the first time is wrong now
        (again, 0.0),
        (again, 1.0),
        (np.array([3, -7, 0, -2, 5]), 0.3),
        (wholes(rng, (3, 4)), 0.01),
        (np.array([1e6, -1e6, 1e-5, -1e-5]), 0.5),
        (np.array([-1 / 3]), 2.0),
    ]


def _score_tables(rng):
    return [
        (np.array([[0.0, 0.0], [1000.0, 1000.0 + np.log(3)]]),),
        (fractions(rng, (3, 4)),),
        (np.array([[-1000.0, -1001.0, -1002.0]]),),
        (np.array([[0, 0], [0, 1000], [0, 2000], [2000, 0]]),),
    ]


def _more_score_tables(rng):
    far = np.array([[0, 5000], [-5000, 0], [900, 901], [-900, -902], [0, -17]])
    shapes = [(1, 5), (4, 1), (6, 3), (3, 3), (6, 3)]
    return [(fractions(rng, s),) for s in shapes] + [
        (far,),
        (far + 0.25,),
        (far.T * 1.0,),
        (wholes(rng, (2, 4)),),
    ]


def _partly_negative(rng, shape):
    """Draw pictures, each with a corner without a positive number."""
    x = fractions(rng, shape)
    x[:, :, :3, :3] = -abs(x[:, :, :3, :3])
    return x


def _batches(rng):
    return [
        (EXAMPLE, 2, 1),
        (EXAMPLE, 2, 2),
        (np.array([[[[-1, -2], [-4, 0]]]]), 2, 1),
        (_partly_negative(rng, (2, 3, 7, 6)), 2, 3),
        (_partly_negative(rng, (1, 2, 7, 6)), 3, 2),
    ]


def _more_batches(rng):
    settings = [
        ((1, 1, 5, 8), 2, 2),
        ((2, 2, 6, 4), 3, 1),
        ((1, 3, 5, 5), 1, 2),
        ((2, 1, 4, 7), 4, 5),
        ((1, 1, 5, 8), 2, 2),
    ]
    again = _partly_negative(rng, (1, 2, 5, 4))
    return [
        *((_partly_negative(rng, shape), *rest) for shape, *rest in settings),
        *((again, *rest) for rest in ((2, 2), (3, 2), (2, 1))),  # what is kept must be its own
        (_largest_anywhere(rng), 3, 1),
        (-1e20 * abs(fractions(rng, (1, 2, 3, 4))), 2, 1),  # no fixed start is low enough
        (_uneven(rng, (1, 2, 5, 4), 4), 2, 1),
        (_uneven(rng, (2, 1, 4, 5), 9), 3, 2),
    ]


def _largest_anywhere(rng):
    """Draw nine pictures of 3×3, each with its largest number in another place."""
    x = fractions(rng, (9, 9))
    return (x + 100 * np.eye(9)).reshape(9, 1, 3, 3)


def _uneven(rng, shape, count):
    """Draw pictures of whole numbers: the mean of `count` with the first pixel isn't whole."""
    x = count * wholes(rng, shape)
    x[:, :, 0, 0] += 1
    return x


def _channels(rng):
    return [
        (EXAMPLE,),
        (fractions(rng, (2, 3, 4, 5)),),
        (np.array([[[[-1, -2], [-4, 0]]]]),),
    ]


def _more_channels(rng):
    shapes = [(1, 1, 1, 6), (2, 4, 2, 2), (2, 1, 5, 3), (3, 2, 1, 1), (2, 4, 2, 2)]
    return [(fractions(rng, s),) for s in shapes] + [(_uneven(rng, (2, 2, 3, 4), 12),)]


CHECKS = (
    Value("by_hand", answers.BY_HAND["by_hand"], mistakes=answers.BY_HAND_MISTAKES["by_hand"]),
    Case(
        "leaky_relu",
        _numbers,
        answers.leaky_relu,
        _more_numbers,
        mistakes=answers.MISTAKES["leaky_relu"],
    ),
    Case(
        "softmax",
        _score_tables,
        answers.softmax,
        _more_score_tables,
        mistakes=answers.MISTAKES["softmax"],
    ),
    Case(
        "max_pool2d",
        _batches,
        answers.max_pool2d,
        _more_batches,
        mistakes=answers.MISTAKES["max_pool2d"],
    ),
    Case(
        "avg_pool2d",
        _batches,
        answers.avg_pool2d,
        _more_batches,
        mistakes=answers.MISTAKES["avg_pool2d"],
    ),
    Case(
        "global_avg_pool2d",
        _channels,
        answers.global_avg_pool2d,
        _more_channels,
        mistakes=answers.MISTAKES["global_avg_pool2d"],
    ),
)
check = checker(CHECKS)
